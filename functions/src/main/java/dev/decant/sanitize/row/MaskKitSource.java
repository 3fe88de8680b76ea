package dev.decant.sanitize.row;

import dev.decant.mask.MaskingPlan;
import dev.decant.schema.TableName;
import java.util.List;

/**
 * Makes the masks for the rows of a COPY block. Any number of threads may call it, but each mask
 * that it makes belongs to one thread.
 */
@FunctionalInterface
public interface MaskKitSource {
  MaskingPlan.MaskMaker forRows(TableName table, List<String> columns);
}
