"""The words with which the finder describes a reply in a text: the same ids as in Rust and C."""

from __future__ import annotations

from replycode._enums import Vocabulary, frozen


@frozen
class Speaker(Vocabulary):
    """Who says what stands in a text.

    >>> import replycode
    >>> # The words of BSD's ftp program when the server hangs up: no server sent them.
    >>> replycode.find("421 Service not available, remote server has closed connection")[0].speaker
    <Speaker.CLIENT: 'client'>
    """

    __module__ = "replycode"

    SERVER = "server"
    CLIENT = "client"
    HTTP = "http"
    SYSTEM = "system"
    WINSOCK = "winsock"
    TLS = "tls"


@frozen
class Form(Vocabulary):
    """How a reply is written down in a text: what made it recognisable.

    >>> import replycode
    >>> replycode.find("(535, b'5.7.8 Error: authentication failed')")[0].form
    <Form.TUPLE: 'tuple'>
    """

    __module__ = "replycode"

    BARE = "bare"
    DIALOG = "dialog"
    LABELLED = "labelled"
    FIELD = "field"
    QUOTED = "quoted"
    TUPLE = "tuple"
    BRACKETED = "bracketed"
    EMBEDDED = "embedded"
    ESCAPED = "escaped"
    COLUMN = "column"
    BYTES = "bytes"
    SPELLED = "spelled"
    ENHANCED = "enhanced"
    STATUS = "status"
