package dev.decant.live;

import dev.decant.archive.ArchiveData;
import dev.decant.archive.TocEntry;
import dev.decant.schema.TableName;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;

/** The data of the entries of pg_dump without any row and any large object. */
final class NoRows implements ArchiveData {
  private final Map<TableName, LiveTable> tables;
  private final Consumer<RowRange> found;
  private final Runnable largeObjects;

  /**
   * @param found gets the rows of each entry, which are to be read elsewhere
   * @param largeObjects is called if the database has large objects
   */
  NoRows(Map<TableName, LiveTable> tables, Consumer<RowRange> found, Runnable largeObjects) {
    this.tables = tables;
    this.found = found;
    this.largeObjects = largeObjects;
  }

  @Override
  public InputStream rows(TocEntry entry) {
    found.accept(RowRange.all(LiveData.table(entry, tables)));
    return new ByteArrayInputStream(PartsStream.END);
  }

  @Override
  public void largeObjects(TocEntry entry, Target target) {
    largeObjects.run();
  }

  @Override
  public void close() {}
}
