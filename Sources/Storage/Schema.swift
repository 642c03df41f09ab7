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
