"""A site's own causes and rules."""

from __future__ import annotations

import copy
import pickle
import smtplib
from pathlib import Path

import pytest
import replycode

EXAMPLE = Path(__file__).parents[3] / "examples" / "rules.yaml"
EXPIRED = b"5.7.1 <cam@example.net>: Sender address rejected: Contract expired"


@pytest.fixture
def rules() -> replycode.Rules:
    return replycode.Rules.load(EXAMPLE)


def test_rules_of_a_site_come_first(rules: replycode.Rules) -> None:
    answer = rules.diagnose("smtp", 554, EXPIRED)
    assert (answer.cause.id, answer.cause.number, answer.rule) == ("acme_contract_expired", 200, "acme-contract")
    assert answer.title() == "Camera contract expired"
    assert answer.title("ja") == "カメラ契約の期限切れ"
    assert len(answer.action("ja")) == 2
    assert (answer.party, answer.verdict, answer.basis) == ("account", "fix_first", "phrase")
    assert answer.alternatives[0].id == replycode.diagnose("smtp", 554, EXPIRED).cause.id
    assert "acme_contract_expired" in answer._repr_html_()
    assert repr(answer) == "<Diagnosis smtp 554 acme_contract_expired by phrase: 'Camera contract expired'>"
    busy = rules.diagnose("ftp", 550, "RAID rebuild in progress", command="STOR", enhanced=None)
    assert busy.verdict.should_retry


def test_the_built_in_rules_stay(rules: replycode.Rules) -> None:
    assert replycode.diagnose("smtp", 554, EXPIRED).cause.id != "acme_contract_expired"
    assert rules.diagnose("smtp", 535, "").cause.id == "auth_failed"
    assert [rule.id for rule in rules.rules()][:2] == ["acme-contract", "acme-recorder-rebuild"]
    assert [rule.id for rule in rules.rules()][2:] == [rule.id for rule in replycode.rules()]
    own = {cause.id for cause in rules.causes()} - {cause.id for cause in replycode.causes()}
    assert own == {"acme_contract_expired"}
    for cause in replycode.causes():
        other = rules.cause(cause.id)
        assert (other.number, other.title("ja"), other.verdict) == (cause.number, cause.title("ja"), cause.verdict)
        assert other.entry.id == cause.id
    assert "relay.example.net" in rules.cause("relay_denied").action()[0]
    with pytest.raises(LookupError, match="has no cause 'bad_weather'"):
        rules.cause("bad_weather")
    with pytest.raises(LookupError, match="has no cause 'acme_contract_expired'"):
        replycode.cause("acme_contract_expired")


def test_texts_and_exceptions(rules: replycode.Rules) -> None:
    log = "C: RCPT TO:<bob@example.net>\nS: 554 " + EXPIRED.decode() + "\nC: QUIT\nS: 221 Bye\n"
    incident = rules.explain_incident(log)
    assert incident.cause is rules.cause(200)
    assert incident.deciding is not None and incident.deciding.command == "RCPT"
    refused = smtplib.SMTPSenderRefused(554, EXPIRED, "cam@example.net")
    assert rules.explain_incident(refused).cause.id == "acme_contract_expired"
    assert rules.explain_incident("550 Hm", "ftp", command="STOR").cause.id == "ftp_permission_denied"
    blocked = rules.explain_incident("> PASV\n< 227 Entering Passive Mode (192,0,2,1,4,1)\nTimed out\n")
    assert blocked.cause == rules.cause("ftp_passive_blocked")
    assert rules.explain_incident("").cause == rules.cause("not_a_reply")


def test_objects(rules: replycode.Rules) -> None:
    again = replycode.Rules.from_string(EXAMPLE.read_text("utf-8"), "other.yaml")
    assert again == rules and hash(again) == hash(rules)
    assert rules.path == str(EXAMPLE)
    assert rules != replycode.Rules.from_string("causes: [{id: relay_denied, title: {en: Ours}}]")
    assert rules.catalog_version == replycode.CATALOG_VERSION + "+rules"
    assert len(rules.catalog_digest) == 64 and rules.catalog_digest != replycode.CATALOG_DIGEST
    cause = rules.cause("acme_contract_expired")
    answer = rules.diagnose("smtp", 554, EXPIRED)
    incident = rules.explain_incident(b"554 " + EXPIRED)
    assert rules.cause("relay_denied") != replycode.cause("relay_denied")
    for made in (pickle.loads(pickle.dumps(cause)), copy.deepcopy(cause), answer.cause):
        assert made is cause
    for item in (rules, answer, incident, rules.rules()[0], rules.rules()[-1], cause.entry):
        back = pickle.loads(pickle.dumps(item))
        assert back == item and hash(back) == hash(item) and type(back) is type(item)
    assert pickle.loads(pickle.dumps(replycode.cause("relay_denied"))) is replycode.cause("relay_denied")


def test_faults_are_told_with_their_places(tmp_path: Path) -> None:
    with pytest.raises(replycode.InvalidRules, match=r"error\[unknown-cause\]: there is no cause `gone`") as caught:
        replycode.Rules.from_string(
            "rules:\n  - {id: ours, cause: gone, when: {phrases: [Busy]}, source: s, yes: [a], no: [b]}\n", "ours.yaml"
        )
    error = caught.value
    assert "ours.yaml:2:23" in str(error) and "2 faults" in str(error)
    assert error.path == "ours.yaml"
    assert [fault[:3] for fault in error.faults] == [(2, 23, "unknown-cause"), (2, 46, "phrase-form")]
    assert pickle.loads(pickle.dumps(error)).faults == error.faults
    (tmp_path / "sjis.yaml").write_bytes("rules: 規則".encode("shift_jis"))
    with pytest.raises(replycode.InvalidRules, match="utf8"):
        replycode.Rules.load(tmp_path / "sjis.yaml")
    with pytest.raises(FileNotFoundError, match="missing.yaml"):
        replycode.Rules.load(str(tmp_path / "missing.yaml"))
