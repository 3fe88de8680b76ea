package dev.decant.sanitize;

import dev.decant.sanitize.leak.FingerprintFile;
import dev.decant.schema.TableName;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All rows of a run, which other processes masked and loaded.
 *
 * @param database the name of the scratch database that has the rows
 * @param take takes the rows, so that no other process can take them or add to them, and returns
 *     the shares of the processes. The rows of each table are in this order. It is called once. If
 *     it fails, the database is left as it is
 */
public record StoredShares(SharedRun run, String database, Supplier<List<Stored>> take) {

  /**
   * The share of one process.
   *
   * @param planned the tables of which it had to mask rows
   * @param frames the key of the file of its frames in the store
   * @param trace opens the fingerprints of its raw values, as {@link FingerprintFile} writes them
   */
  public record Stored(
      MaskedShare share, Set<TableName> planned, String frames, Supplier<InputStream> trace) {
    public Stored {
      planned = Set.copyOf(planned);
    }
  }
}
