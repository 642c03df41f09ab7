import GRDB

/// The tables of a book, as migrations: a newer one never changes an older one.
///
/// Rows are versions: `began` is the entry of the log that brought one, `ended` the entry that replaced
/// or ended it. A version's texts never change and no version is deleted; triggers hold other programs
/// to that too.
enum Schema {
  /// "Tout", in the file's header: what makes it a book of ours.
  static let applicationID: Int32 = 0x546F_7574

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 versions and log") { db in
      try db.execute(sql: log)
      for table in StoredTable.all { try db.execute(sql: create(table)) }
    }
    migrator.registerMigration("2 closed periods") { db in
      try db.execute(sql: closings)
      for table in StoredTable.all { try db.execute(sql: sealed(table)) }
      try db.execute(sql: locks)
    }
    return migrator
  }

  /// Every command that changed the book, in order, chained by digests (DESIGN §1; RELIABILITY G11).
  private static let log = """
    CREATE TABLE log (
      id INTEGER PRIMARY KEY,
      at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
      who TEXT NOT NULL,
      command TEXT NOT NULL,
      inputs TEXT NOT NULL,
      request TEXT UNIQUE
    ) STRICT;
    CREATE TABLE seal (
      entry INTEGER PRIMARY KEY REFERENCES log (id),
      content BLOB NOT NULL CHECK (length(content) = 32),
      chain BLOB NOT NULL CHECK (length(chain) = 32)
    ) STRICT;
    CREATE TABLE mark (
      entry INTEGER NOT NULL REFERENCES log (id),
      tablename TEXT NOT NULL,
      marks BLOB NOT NULL,
      PRIMARY KEY (entry, tablename)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE input (
      entry INTEGER NOT NULL REFERENCES log (id),
      file TEXT NOT NULL,
      digest TEXT NOT NULL,
      PRIMARY KEY (entry, file)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE source (
      id INTEGER PRIMARY KEY,
      entry INTEGER NOT NULL REFERENCES log (id),
      tablename TEXT NOT NULL,
      file TEXT NOT NULL,
      columns TEXT NOT NULL,
      originals TEXT NOT NULL,
      own INTEGER NOT NULL CHECK (own IN (0, 1)),
      UNIQUE (tablename, file, columns, originals)
    ) STRICT;
    CREATE TABLE moved (
      tablename TEXT NOT NULL,
      version INTEGER NOT NULL,
      entry INTEGER NOT NULL REFERENCES log (id),
      origin INTEGER NOT NULL REFERENCES source (id),
      epoch INTEGER NOT NULL REFERENCES log (id),
      line INTEGER NOT NULL,
      PRIMARY KEY (tablename, version, entry)
    ) STRICT, WITHOUT ROWID;
    \(kept("log", "an entry of the log"))
    \(kept("seal", "the seal of an entry"))
    \(kept("mark", "a mark of rows"))
    \(kept("input", "a digest of an input"))
    \(kept("source", "a source"))
    \(kept("moved", "an earlier place"))
    """

  /// Periods that were closed, and what their packs were (DESIGN §1; RELIABILITY G10).
  private static let closings = """
    CREATE TABLE closing (
      id INTEGER PRIMARY KEY,
      began INTEGER NOT NULL REFERENCES log (id),
      ended INTEGER REFERENCES log (id) CHECK (ended > began),
      period TEXT NOT NULL,
      first TEXT NOT NULL CHECK (first GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
      last TEXT NOT NULL CHECK (last GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
      program TEXT NOT NULL,
      inputs TEXT NOT NULL,
      place TEXT NOT NULL,
      CHECK (first <= last)
    ) STRICT;
    CREATE UNIQUE INDEX closing_live ON closing (period) WHERE ended IS NULL;
    CREATE TABLE packed (
      closing INTEGER NOT NULL REFERENCES closing (id),
      name TEXT NOT NULL,
      digest TEXT NOT NULL,
      PRIMARY KEY (closing, name)
    ) STRICT, WITHOUT ROWID;
    \(kept("packed", "a file of a closed pack"))
    CREATE TRIGGER closing_deleted BEFORE DELETE ON closing
      BEGIN SELECT RAISE(ABORT, 'a closing is never deleted'); END;
    CREATE TRIGGER closing_changed BEFORE UPDATE OF
      id, began, period, first, last, program, inputs, place ON closing
      BEGIN SELECT RAISE(ABORT, 'a closing never changes'); END;
    CREATE TRIGGER closing_ended BEFORE UPDATE OF ended ON closing WHEN OLD.ended IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'a period that was reopened is closed by a new closing'); END;
    """

  /// What commands of ours write counts from a day after the last closed one; what an import brings of a
  /// closed period is a late entry.
  private static let locks = [
    ("invoices", "coalesce(nullif(NEW.void_date, ''), NEW.date)"), ("applications", "NEW.date"),
  ].map { table, day in
    """
    CREATE TRIGGER \(table)_locked BEFORE INSERT ON \(table)
      WHEN \(day) <= (SELECT max(last) FROM closing WHERE ended IS NULL)
        AND (SELECT own FROM source WHERE id = NEW.origin)
      BEGIN SELECT RAISE(ABORT, 'the period is closed'); END;
    """
  }.joined(separator: "\n")

  /// What an entry did is over when it is sealed: nobody adds to it, so that no state of knowledge, and
  /// no closed period, changes behind its back.
  private static func sealed(_ table: StoredTable) -> String {
    let name = table.name
    return """
      CREATE TRIGGER \(name)_sealed BEFORE INSERT ON \(name)
        WHEN EXISTS (SELECT 1 FROM seal WHERE entry = NEW.began)
        BEGIN SELECT RAISE(ABORT, 'an entry that is sealed takes no more rows'); END;
      CREATE TRIGGER \(name)_ends BEFORE UPDATE OF ended ON \(name)
        WHEN EXISTS (SELECT 1 FROM seal WHERE entry = NEW.ended)
        BEGIN SELECT RAISE(ABORT, 'an entry that is sealed ends no more rows'); END;
      """
  }

  private static func kept(_ table: String, _ what: String) -> String {
    """
    CREATE TRIGGER \(table)_deleted BEFORE DELETE ON \(table)
      BEGIN SELECT RAISE(ABORT, '\(what) is never deleted'); END;
    CREATE TRIGGER \(table)_changed BEFORE UPDATE ON \(table)
      BEGIN SELECT RAISE(ABORT, '\(what) never changes'); END;
    """
  }

  private static func create(_ table: StoredTable) -> String {
    let days = table.columns.filter { $0 == "date" || $0.hasSuffix("_date") }.map {
      ",\n  CHECK (coalesce(\($0), '') = '' OR \($0) GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')"
    }
    return """
      CREATE TABLE \(table.name) (
        version INTEGER PRIMARY KEY,
        began INTEGER NOT NULL REFERENCES log (id),
        ended INTEGER REFERENCES log (id) CHECK (ended > began),
        origin INTEGER NOT NULL REFERENCES source (id),
        epoch INTEGER NOT NULL REFERENCES log (id),
        line INTEGER NOT NULL CHECK (line > 0),
        occurrence INTEGER NOT NULL CHECK (occurrence >= 0),
        \(table.columns.map { "\(quoted($0)) TEXT" }.joined(separator: ",\n  "))\(days.joined())
      ) STRICT;
      CREATE UNIQUE INDEX \(table.name)_live ON \(table.name)
        (\(keyList(table)), occurrence) WHERE ended IS NULL;
      CREATE TRIGGER \(table.name)_deleted BEFORE DELETE ON \(table.name)
        BEGIN SELECT RAISE(ABORT, 'a version of a row is never deleted'); END;
      CREATE TRIGGER \(table.name)_changed BEFORE UPDATE OF
        version, began, occurrence, \(table.columns.map(quoted).joined(separator: ", "))
        ON \(table.name)
        BEGIN SELECT RAISE(ABORT, 'a version of a row never changes'); END;
      CREATE TRIGGER \(table.name)_ended BEFORE UPDATE OF ended ON \(table.name)
        WHEN OLD.ended IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'a version that ended stays ended'); END;
      """
  }

  /// The key's columns as they are compared.
  static func keyList(_ table: StoredTable) -> String {
    table.key.map { term($0, of: table) }.joined(separator: ", ")
  }

  /// A column of the key: where a file may lack it, it is blank. A key of one column is an id, which
  /// every file has.
  static func term(_ column: String, of table: StoredTable, _ alias: String = "") -> String {
    table.key.count == 1 ? alias + quoted(column) : "coalesce(\(alias)\(quoted(column)), '')"
  }

  static func quoted(_ column: String) -> String { "\"\(column)\"" }
}
