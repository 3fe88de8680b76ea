package dev.decant.sanitize.schema;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.LateChecks;
import dev.decant.dump.StatementKind.Scratch;
import dev.decant.load.DdlStatement;
import dev.decant.load.ScratchExtensions;
import dev.decant.load.SessionSettings;
import dev.decant.load.StandIns;
import dev.decant.load.Unverified;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.run.RunGuard;
import dev.decant.schema.TableName;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The two scratch databases of a run. The first one stays empty and gets all DDL, so its catalog
 * describes the tables, types and keys of the dump. The second one is a copy of the first, made
 * before the keys were created, and gets the rows.
 */
public final class ScratchSchema implements AutoCloseable {
  private final EmptyDatabase empty;
  private final ScratchDatabase rows;
  private final ScratchStatements scratch;
  private final String settings;
  private final StandIns standIns;
  private final Unverified unverified;
  private final Set<Statement> unneeded;
  private final List<String> warnings;

  /**
   * @param unneeded the statements that create extensions which nothing in the dump needs
   * @param warnings the warnings about the rules for extensions
   */
  private ScratchSchema(
      EmptyDatabase empty,
      ScratchDatabase rows,
      ScratchStatements scratch,
      String settings,
      StandIns standIns,
      Unverified unverified,
      Set<Statement> unneeded,
      List<String> warnings) {
    this.empty = empty;
    this.rows = rows;
    this.scratch = scratch;
    this.settings = settings;
    this.standIns = standIns;
    this.unverified = unverified;
    this.unneeded = unneeded;
    this.warnings = warnings;
  }

  /**
   * Creates both databases and runs the statements that precede the rows.
   *
   * @param encoding the encoding of the dump's text
   * @param checks the statements, and the constraints that are created after the rows
   * @param rules the rules for extensions and their tables
   * @param policy the name of the policy file in messages
   * @param rows returns the database that gets the rows, which is a copy of the one that it is
   *     given
   */
  public static ScratchSchema create(
      ScratchServer server,
      DatabaseEncoding encoding,
      LateChecks checks,
      ExtensionRules rules,
      String policy,
      UnaryOperator<ScratchDatabase> rows,
      RunGuard guard) {
    List<Statement> beforeRows = checks.before();
    ScratchExtensions extensions =
        ScratchExtensions.of(beforeRows, rules.wanted(server.extensions()));
    ScratchStatements scratch = ScratchStatements.of(beforeRows);
    String settings = SessionSettings.of(SessionSettings.onHeap(beforeRows));
    StandIns standIns = new StandIns(beforeRows);
    Unverified unverified = new Unverified(standIns);
    extensions.missing().stream().filter(s -> !rules.drops(s)).forEach(unverified::addExtension);
    ScratchDatabase created = server.create("schema", extensions.present(), encoding);
    EmptyDatabase empty =
        new EmptyDatabase(created, scratch, settings, guard, standIns, unverified);
    Set<Statement> unneeded =
        rules.optional(
            extensions,
            empty.define(beforeRows, rules.heads(), extensions, rules.truncated()::contains),
            policy);
    ScratchSchema schema =
        new ScratchSchema(
            empty,
            rows.apply(created),
            scratch,
            settings,
            standIns,
            unverified,
            unneeded,
            rules.warnings(extensions, policy));
    empty.add(checks.after(), Set.of(Scratch.CONSTRAINT));
    return schema;
  }

  /** The warnings about the rules for extensions. */
  public List<String> warnings() {
    return warnings;
  }

  /** The types that have stand-ins, as {@link StandIns#types} describes them. */
  public Map<String, String> standInTypes() {
    return standIns.types();
  }

  /** The tables of extensions that the dump does not create and the server does not have. */
  public Set<TableName> ofExtensions() {
    return standIns.tables();
  }

  /** The SQL of the statements that a scratch database runs for these uses. */
  public List<DdlStatement> ddl(List<Statement> statements, Set<Scratch> uses) {
    return scratch.ddl(statements, uses);
  }

  /**
   * Whether a restore continues if the statement fails: its object could not be created here, or it
   * creates an extension that nothing in the dump needs and that the server lacks.
   */
  public boolean isOptional(Statement statement) {
    return unverified.has(statement) || unneeded.contains(statement);
  }

  /** The objects that the databases do not have because creating them failed. */
  public Unverified unverified() {
    return unverified;
  }

  /**
   * The database that gets the rows, with the settings of the dump in each session. Statements that
   * a reader of the snapshot will run are run here, so that they have the same search_path.
   */
  public Database restoring() {
    return new SessionSettings(rows, settings);
  }

  /** The database that has all objects and no rows. */
  public EmptyDatabase empty() {
    return empty;
  }

  /** The database that gets the rows, with the server's settings, for SQL of the policy. */
  public ScratchDatabase rows() {
    return rows;
  }

  @Override
  public void close() {
    try (ScratchDatabase _ = empty.database()) {
      rows.close();
    }
  }
}
