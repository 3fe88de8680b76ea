package dev.decant.sanitize;

import dev.decant.mask.MaskingPlan;
import dev.decant.schema.TableName;
import java.util.List;

/**
 * Makes masks for the rows of a COPY block. For any number of threads; the masks are for one each.
 */
@FunctionalInterface
interface MaskKitSource {
  MaskingPlan.MaskMaker forRows(TableName table, List<String> columns);
}
