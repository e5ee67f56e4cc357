/** Version of the tables below, kept in `user_version`. */
export const schemaVersion: number = 5

/** What version 5 has and version 4 had not: requests of persons, and corrections on their way. */
export const requestTables: string = `CREATE TABLE request (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subject TEXT NOT NULL, filed_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL, state TEXT NOT NULL, decided_ms INTEGER);
CREATE INDEX request_of ON request (subject, number);
CREATE INDEX request_open ON request (due_ms) WHERE decided_ms IS NULL;
CREATE TABLE request_step (idx INTEGER PRIMARY KEY, number INTEGER NOT NULL, step TEXT NOT NULL, at_ms INTEGER NOT NULL, sealed BLOB);
CREATE INDEX request_step_of ON request_step (number, idx);
CREATE TABLE correction_notice (number INTEGER NOT NULL, consumer TEXT NOT NULL, exchange_id TEXT NOT NULL, elements TEXT NOT NULL, corrected_ms INTEGER NOT NULL, hidden_ms INTEGER, state TEXT NOT NULL, receipt BLOB, told_idx INTEGER, settled_ms INTEGER, PRIMARY KEY (number, consumer, exchange_id)) WITHOUT ROWID;
CREATE INDEX correction_waiting ON correction_notice (corrected_ms) WHERE state = 'waiting';
CREATE TABLE correction (idx INTEGER PRIMARY KEY, provider TEXT NOT NULL, exchange_id TEXT NOT NULL, digest TEXT NOT NULL, elements TEXT NOT NULL, corrected_ms INTEGER NOT NULL, commitment TEXT NOT NULL, at_ms INTEGER NOT NULL);
CREATE UNIQUE INDEX correction_of ON correction (exchange_id, digest);
`

/**
 * The tables of an organisation's state store. Entries are numbered through all logs: an `idx`, here
 * and in the columns that refer to entries, is `first` of the entry's log and its index therein.
 * What a question leaves behind lies in the order of entries wherever it can: a row under a random key
 * costs a page of its own at every commit.
 */
export const stateSchema: string = `
CREATE TABLE log (number INTEGER PRIMARY KEY, origin TEXT NOT NULL UNIQUE, first INTEGER NOT NULL);
CREATE TABLE head (log INTEGER PRIMARY KEY, checkpoint TEXT NOT NULL, size INTEGER NOT NULL, time_ms INTEGER NOT NULL);
CREATE TABLE entry (idx INTEGER PRIMARY KEY, leaf BLOB NOT NULL, sealed BLOB, time_ms INTEGER NOT NULL);
CREATE TABLE tile (log INTEGER NOT NULL, level INTEGER NOT NULL, idx INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (log, level, idx)) WITHOUT ROWID;
CREATE TABLE exchange (consumer TEXT NOT NULL, exchange_id TEXT NOT NULL, question_digest TEXT NOT NULL, idx INTEGER NOT NULL, status INTEGER NOT NULL, created_ms INTEGER NOT NULL, PRIMARY KEY (consumer, exchange_id)) WITHOUT ROWID;
CREATE TABLE answer (idx INTEGER PRIMARY KEY, created_ms INTEGER NOT NULL, body BLOB NOT NULL);
CREATE TABLE answer_key (idx INTEGER PRIMARY KEY, created_ms INTEGER NOT NULL, key BLOB NOT NULL);
CREATE TABLE nonce (place INTEGER PRIMARY KEY, key_id TEXT NOT NULL, nonce TEXT NOT NULL, expires_ms INTEGER NOT NULL, told INTEGER NOT NULL);
CREATE TABLE consent (digest TEXT PRIMARY KEY, expires_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE agreement_event (idx INTEGER PRIMARY KEY, agreement TEXT NOT NULL, kind TEXT NOT NULL, by TEXT NOT NULL, at_ms INTEGER NOT NULL, cosigned_ms INTEGER);
CREATE INDEX agreement_event_of ON agreement_event (agreement, idx);
CREATE INDEX agreement_event_open ON agreement_event (idx) WHERE cosigned_ms IS NULL;
CREATE TABLE agreement_document (digest TEXT PRIMARY KEY, kind TEXT NOT NULL, agreement TEXT NOT NULL, bytes BLOB NOT NULL, idx INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE witnessed (only_row INTEGER PRIMARY KEY CHECK (only_row = 0), at_ms INTEGER NOT NULL);
CREATE TABLE chain (idx INTEGER PRIMARY KEY, subject TEXT NOT NULL, chain TEXT NOT NULL, seq INTEGER NOT NULL, commitment TEXT NOT NULL, prev TEXT, c BLOB NOT NULL);
CREATE UNIQUE INDEX chain_of ON chain (subject, chain, seq);
CREATE TABLE epoch (number INTEGER PRIMARY KEY, idx INTEGER NOT NULL, size INTEGER NOT NULL, root TEXT NOT NULL, vrf_key TEXT NOT NULL, salt BLOB NOT NULL, at_ms INTEGER NOT NULL);
CREATE TABLE cap_use (key TEXT NOT NULL, axis TEXT NOT NULL, hour INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, axis, hour)) WITHOUT ROWID;
CREATE TABLE cap_total (axis TEXT PRIMARY KEY, month INTEGER NOT NULL, month_from INTEGER NOT NULL, year INTEGER NOT NULL, year_from INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE ask (exchange_id TEXT PRIMARY KEY, idempotency_key TEXT NOT NULL UNIQUE, request_digest TEXT NOT NULL, provider TEXT NOT NULL, question BLOB, state TEXT NOT NULL, asked_idx INTEGER NOT NULL, received_idx INTEGER, outcome BLOB, provisional TEXT, witnessed_ms INTEGER, alarmed_ms INTEGER, created_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX ask_state ON ask (state, created_ms);
CREATE INDEX ask_provisional ON ask (created_ms) WHERE provisional IS NOT NULL AND witnessed_ms IS NULL;
CREATE TABLE erasure (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, by_idx INTEGER NOT NULL);
CREATE TABLE reconciliation (by_idx INTEGER PRIMARY KEY, peer TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE TABLE destroyed_month (month TEXT PRIMARY KEY, by_idx INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE peer_head (origin TEXT PRIMARY KEY, checkpoint TEXT NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE trace (idx INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, side TEXT NOT NULL, consumer TEXT NOT NULL, provider TEXT NOT NULL, agreement TEXT NOT NULL, official TEXT NOT NULL, subject TEXT NOT NULL, case_handle TEXT NOT NULL, facts TEXT NOT NULL);
CREATE TABLE day_count (day INTEGER NOT NULL, side TEXT NOT NULL, consumer TEXT NOT NULL, agreement TEXT NOT NULL, official TEXT NOT NULL, asked INTEGER NOT NULL, fresh INTEGER NOT NULL, PRIMARY KEY (day, side, consumer, agreement, official)) WITHOUT ROWID;
CREATE TABLE signal (id TEXT PRIMARY KEY, topic TEXT NOT NULL, idx INTEGER NOT NULL, at_ms INTEGER NOT NULL, document BLOB NOT NULL, r BLOB NOT NULL, verdict TEXT, decided_by TEXT, decided_idx INTEGER, decided_ms INTEGER) WITHOUT ROWID;
CREATE INDEX signal_about ON signal (topic, idx);
CREATE TABLE draw (idx INTEGER PRIMARY KEY, commitment TEXT NOT NULL, fixed_idx INTEGER, revealed_idx INTEGER);
CREATE TABLE directory_record (organisation TEXT NOT NULL, version INTEGER NOT NULL, record BLOB NOT NULL, at_ms INTEGER NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (organisation, version)) WITHOUT ROWID;
CREATE TABLE emergency (consumer TEXT NOT NULL, exchange_id TEXT NOT NULL, agreement TEXT NOT NULL, official TEXT NOT NULL, at_ms INTEGER NOT NULL, confirmed INTEGER NOT NULL, idx INTEGER NOT NULL, finding TEXT, PRIMARY KEY (consumer, exchange_id)) WITHOUT ROWID;
CREATE INDEX emergency_of ON emergency (consumer, official);
CREATE TABLE restriction (subject TEXT PRIMARY KEY, salt BLOB NOT NULL, idx INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE secrecy_order (idx INTEGER PRIMARY KEY, agreement TEXT NOT NULL, name TEXT NOT NULL, law TEXT NOT NULL, authority TEXT NOT NULL, issued_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL, digest TEXT NOT NULL, withheld INTEGER NOT NULL, opened INTEGER NOT NULL);
CREATE INDEX secrecy_order_of ON secrecy_order (agreement, idx);
CREATE TABLE budget (idx INTEGER PRIMARY KEY, population TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX budget_of ON budget (population, idx);
CREATE TABLE charge (idx INTEGER PRIMARY KEY, population TEXT NOT NULL, from_ms INTEGER NOT NULL, agreement TEXT NOT NULL, analyst TEXT NOT NULL, micro_epsilon INTEGER NOT NULL, reservation TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX charge_of ON charge (population, from_ms, agreement, analyst, micro_epsilon);
CREATE TABLE release (query TEXT NOT NULL, snapshot TEXT NOT NULL, reservation TEXT NOT NULL, reserved_idx INTEGER NOT NULL, spent_before INTEGER NOT NULL, spent_after INTEGER NOT NULL, bytes BLOB, released_idx INTEGER, PRIMARY KEY (query, snapshot)) WITHOUT ROWID;
CREATE TABLE analysis (exchange_id TEXT PRIMARY KEY, provider TEXT NOT NULL, agreement TEXT NOT NULL, version INTEGER NOT NULL, analyst TEXT NOT NULL, query BLOB NOT NULL, code TEXT, answer BLOB NOT NULL, idx INTEGER NOT NULL, at_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX analysis_of ON analysis (analyst, idx);
CREATE TABLE join_run (plan TEXT PRIMARY KEY, qid TEXT NOT NULL UNIQUE, role TEXT NOT NULL, analyst TEXT NOT NULL, bytes BLOB NOT NULL, signatures BLOB NOT NULL, reservation TEXT, idx INTEGER NOT NULL, begun_ms INTEGER NOT NULL, state TEXT, code TEXT, result BLOB, abort BLOB, ended_ms INTEGER) WITHOUT ROWID;
CREATE INDEX join_run_of ON join_run (idx);
CREATE INDEX join_run_open ON join_run (idx) WHERE state IS NULL;
CREATE TABLE join_message (idx INTEGER PRIMARY KEY, plan TEXT NOT NULL, direction TEXT NOT NULL, party TEXT NOT NULL, leg TEXT NOT NULL, digest TEXT NOT NULL, commitment TEXT NOT NULL, at_ms INTEGER NOT NULL, settled INTEGER NOT NULL);
CREATE UNIQUE INDEX join_message_of ON join_message (plan, direction, party, digest);
CREATE TABLE join_key (key TEXT PRIMARY KEY, plan TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sealed_identity (idx INTEGER PRIMARY KEY, sealed BLOB NOT NULL);
CREATE TABLE identity_opening (idx INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL);
${requestTables}PRAGMA user_version = ${schemaVersion};
`

/** The one table of the head store. */
export const headSchema: string = `
CREATE TABLE head (log INTEGER PRIMARY KEY CHECK (log = 0), checkpoint TEXT NOT NULL, size INTEGER NOT NULL, time_ms INTEGER NOT NULL);
PRAGMA user_version = ${schemaVersion};
`
