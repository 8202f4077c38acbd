"""The first tables: cases, people, places, the journal and its guards, the rails."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")

GUARD_SQLITE = """
CREATE TRIGGER journal_is_only_added_to_{event} BEFORE {event} ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END
"""

GUARD_POSTGRESQL = (
    """
    CREATE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the journal is only added to'; END $$
    """,
    """
    CREATE TRIGGER journal_is_only_added_to BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION refuse_journal_change()
    """,
    """
    CREATE TRIGGER journal_is_not_emptied BEFORE TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change()
    """,
)


def upgrade() -> None:
    create_tables()
    begin_the_chain()
    guard_the_journal()


def begin_the_chain() -> None:
    """The head of the empty journal, and the machine, which acts under number 0."""
    head = sa.table("chain_head", sa.column("id"), sa.column("seq"), sa.column("hash"))
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": ""}])
    person = sa.table(
        "person",
        sa.column("id"),
        sa.column("name"),
        sa.column("language"),
        sa.column("active", sa.Boolean()),
    )
    op.bulk_insert(person, [{"id": 0, "name": "system", "language": "zh", "active": True}])


def guard_the_journal() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(GUARD_SQLITE.format(event=event))
        return
    for statement in GUARD_POSTGRESQL:
        op.execute(statement)


def create_tables() -> None:
    op.create_table(
        "agency",
        sa.Column("code", CODE, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("area", CODE, nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_agency")),
    )
    op.create_index("ix_agency_kind_area", "agency", ["kind", "area"], unique=False)
    op.create_table(
        "catalogue_row",
        sa.Column("class_code", CODE, nullable=False),
        sa.Column("area", CODE, nullable=False),
        sa.Column("agency", CODE, nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint(
            "class_code", "area", "agency", "valid_from", name=op.f("pk_catalogue_row")
        ),
    )
    op.create_table(
        "chain_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", KEY, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_head")),
    )
    op.create_table(
        "chat_state",
        sa.Column("transport", sa.String(length=32), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("hold_until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("transport", "chat", name=op.f("pk_chat_state")),
    )
    op.create_table(
        "grid",
        sa.Column("code", CODE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("geometry", sa.Text(), nullable=False),
        sa.Column("west", sa.Float(), nullable=False),
        sa.Column("south", sa.Float(), nullable=False),
        sa.Column("east", sa.Float(), nullable=False),
        sa.Column("north", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_grid")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", KEY, nullable=False),
        sa.Column("transport", sa.String(length=32), nullable=False),
        sa.Column("raw_id", sa.Text(), nullable=False),
        sa.Column("number", KEY, nullable=True),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("fence", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("not_before", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("transport", "raw_id", name=op.f("uq_inbox_transport_raw_id")),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"], unique=False)
    op.create_index(
        "ix_inbox_unfinished",
        "inbox",
        ["transport", "chat", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "job_slot",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.String(length=64), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", "slot", name=op.f("pk_job_slot")),
    )
    op.create_table(
        "landmark",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_landmark")),
    )
    op.create_index("uq_landmark_name", "landmark", ["name"], unique=True)
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "message_key",
        sa.Column("transport", sa.String(length=32), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("transport", "chat", "key", name=op.f("pk_message_key")),
    )
    op.create_table(
        "person",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "action_token",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_action_token_person_id")
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_action_token")),
    )
    op.create_index("ix_action_token_expires_at", "action_token", ["expires_at"], unique=False)
    op.create_table(
        "cases",
        sa.Column("id", KEY, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("class_code", CODE, nullable=False),
        sa.Column("area", CODE, nullable=True),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("source_number", sa.Text(), nullable=False),
        sa.Column("reported_by", KEY, nullable=False),
        sa.Column("reported_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("profile", sa.String(length=64), nullable=False),
        sa.Column("system_takes", sa.JSON(), nullable=False),
        sa.Column("urgency", sa.String(length=8), nullable=False),
        sa.Column("condition_id", CODE, nullable=False),
        sa.Column("filing", sa.JSON(), nullable=True),
        sa.Column("agency", CODE, nullable=True),
        sa.Column("assignee", KEY, nullable=True),
        sa.Column("hotline_order", sa.JSON(), nullable=True),
        sa.Column("arrived_at", INSTANT, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("latest_reason", sa.Text(), nullable=False),
        sa.Column("rework_count", sa.Integer(), nullable=False),
        sa.Column("stuck", sa.Text(), nullable=False),
        sa.Column("clocks", sa.JSON(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("timeliness", sa.String(length=16), nullable=True),
        sa.Column("photo_counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["assignee"], ["person.id"], name=op.f("fk_cases_assignee")),
        sa.ForeignKeyConstraint(["reported_by"], ["person.id"], name=op.f("fk_cases_reported_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cases_agency_state", "cases", ["agency", "state"], unique=False)
    op.create_index("ix_cases_assignee_state", "cases", ["assignee", "state"], unique=False)
    op.create_index("ix_cases_closed_at", "cases", ["closed_at"], unique=False)
    op.create_index(
        "ix_cases_open_area",
        "cases",
        ["area", "state"],
        unique=False,
        sqlite_where=sa.text("state NOT IN ('draft', 'closed', 'voided')"),
        postgresql_where=sa.text("state NOT IN ('draft', 'closed', 'voided')"),
    )
    op.create_index(
        "ix_cases_open_due",
        "cases",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state NOT IN ('draft', 'closed', 'voided')"),
        postgresql_where=sa.text("state NOT IN ('draft', 'closed', 'voided')"),
    )
    op.create_index(
        "ix_cases_provisional",
        "cases",
        ["id"],
        unique=False,
        sqlite_where=sa.text("provisional"),
        postgresql_where=sa.text("provisional"),
    )
    op.create_index("ix_cases_reported_at", "cases", ["reported_at"], unique=False)
    op.create_index("ix_cases_reported_by_state", "cases", ["reported_by", "state"], unique=False)
    op.create_index(
        "uq_cases_source_number",
        "cases",
        ["source_number"],
        unique=True,
        sqlite_where=sa.text("source_number <> ''"),
        postgresql_where=sa.text("source_number <> ''"),
    )
    op.create_table(
        "contact",
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("transport", sa.String(length=32), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("bound_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_contact")),
        sa.UniqueConstraint("transport", "chat", name=op.f("uq_contact_transport_chat")),
    )
    op.create_table(
        "draft",
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_draft_person_id_state", "draft", ["person_id", "state"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("made_by", KEY, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_invitation_made_by")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_invitation")),
    )
    op.create_index("ix_invitation_person_id", "invitation", ["person_id"], unique=False)
    op.create_table(
        "message_ref",
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("transport", sa.String(length=32), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("receipt", sa.JSON(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_message_ref_person_id")
        ),
        sa.PrimaryKeyConstraint("recipient", "subject", name=op.f("pk_message_ref")),
    )
    op.create_index("ix_message_ref_person_id", "message_ref", ["person_id"], unique=False)
    op.create_index("ix_message_ref_subject", "message_ref", ["subject"], unique=False)
    op.create_table(
        "post",
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("area", CODE, nullable=False),
        sa.Column("agency", CODE, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_post_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index("ix_post_person_id", "post", ["person_id"], unique=False)
    op.create_index("ix_post_role_area_agency", "post", ["role", "area", "agency"], unique=False)
    op.create_table(
        "roster_shift",
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_roster_shift_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_shift")),
    )
    op.create_index(
        "ix_roster_shift_person_id_starts_at",
        "roster_shift",
        ["person_id", "starts_at"],
        unique=False,
    )
    op.create_table(
        "caller",
        sa.Column("case_id", KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_caller_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_caller")),
    )
    op.create_table(
        "journal",
        sa.Column("seq", KEY, autoincrement=False, nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("from_state", sa.String(length=32), nullable=False),
        sa.Column("to_state", sa.String(length=32), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_journal_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_journal_person_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
    )
    op.create_index("ix_journal_case_id_seq", "journal", ["case_id", "seq"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("transport", sa.String(length=32), nullable=True),
        sa.Column("chat", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("loud", sa.Boolean(), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("fresh", sa.Boolean(), nullable=False),
        sa.Column("owed_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("unknowns", sa.Integer(), nullable=False),
        sa.Column("sending_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("fence", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("not_before", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_outbox_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outbox_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(
        "ix_outbox_not_sent",
        "outbox",
        ["recipient", "subject"],
        unique=False,
        sqlite_where=sa.text("state IN ('waiting', 'parked')"),
        postgresql_where=sa.text("state IN ('waiting', 'parked')"),
    )
    op.create_index(
        "ix_outbox_sending",
        "outbox",
        ["transport", "chat"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index("ix_outbox_state_id", "outbox", ["state", "id"], unique=False)
    op.create_table(
        "photo",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("sent_by", KEY, nullable=False),
        sa.Column("said_at", INSTANT, nullable=False),
        sa.Column("ref", sa.JSON(), nullable=True),
        sa.Column("unique_id", sa.Text(), nullable=False),
        sa.Column("size", KEY, nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("forwarded", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored", sa.Text(), nullable=False),
        sa.Column("reused_from", KEY, nullable=True),
        sa.Column("problem", sa.String(length=64), nullable=False),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("fence", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("not_before", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_photo_case_id")),
        sa.ForeignKeyConstraint(["reused_from"], ["cases.id"], name=op.f("fk_photo_reused_from")),
        sa.ForeignKeyConstraint(["sent_by"], ["person.id"], name=op.f("fk_photo_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    op.create_index("ix_photo_case_id", "photo", ["case_id"], unique=False)
    op.create_index("ix_photo_sha256", "photo", ["sha256"], unique=False)
    op.create_index(
        "ix_photo_to_fetch",
        "photo",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'pending' AND NOT taken_back"),
        postgresql_where=sa.text("state = 'pending' AND NOT taken_back"),
    )
    op.create_index("ix_photo_unique_id", "photo", ["unique_id"], unique=False)
    op.create_index(
        "uq_photo_case_id_unique_id",
        "photo",
        ["case_id", "unique_id"],
        unique=True,
        sqlite_where=sa.text("NOT taken_back AND unique_id <> ''"),
        postgresql_where=sa.text("NOT taken_back AND unique_id <> ''"),
    )
    op.create_table(
        "timer",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("loop", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("fence", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("not_before", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_timer_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
        sa.UniqueConstraint(
            "case_id", "kind", "step", "loop", name=op.f("uq_timer_case_id_kind_step_loop")
        ),
    )
    op.create_index(
        "ix_timer_armed",
        "timer",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'armed'"),
        postgresql_where=sa.text("state = 'armed'"),
    )
    op.create_table(
        "delivery_attempt",
        sa.Column("id", KEY, nullable=False),
        sa.Column("outbox_id", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_delivery_attempt_outbox_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_attempt")),
    )
    op.create_index(
        "ix_delivery_attempt_outbox_id", "delivery_attempt", ["outbox_id"], unique=False
    )
