"""An SMTP server that wants a password: `authenticating.py HOST PORT`. The user is alice, the password secret."""

from __future__ import annotations

import asyncio
import sys

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Handler:
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return "250 2.0.0 Message accepted"


def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"alice", b"secret")
    # Unless handled, aiosmtpd itself answers 535.
    return AuthResult(success=known, handled=False)


def session() -> SMTP:
    return SMTP(
        Handler(),
        hostname="mx.example.com",
        authenticator=authenticate,
        auth_require_tls=False,
        auth_required=True,
    )


async def main(host: str, port: int) -> None:
    server = await asyncio.get_running_loop().create_server(session, host, port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
