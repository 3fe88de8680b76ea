package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.progress.Quantity;
import dev.decant.scale.ChunkRun;
import dev.decant.scale.Planning;

/** Prints the results of the actions of {@code decant scale}. */
record ScaleAnswer(Console console, boolean json, String run) {
  void planned(Planning.Planned planned) {
    if (json) {
      print(document().put("items", planned.items()).put("list", planned.list()));
    } else {
      console.out().println("planned " + run + ": " + Quantity.counted(planned.items(), "item"));
      console.out().println("items: " + planned.list());
    }
  }

  void masked(ChunkRun.Masked masked) {
    boolean before = masked.rows() < 0;
    if (json) {
      print(
          document()
              .put("item", masked.item())
              .put("status", before ? "duplicate" : "masked")
              .put("rows", Math.max(0, masked.rows())));
    } else {
      String result =
          before ? "was done before" : Quantity.of(masked.rows(), "rows") + " are masked";
      console.out().println("item " + masked.item() + ": " + result);
    }
  }

  void forgotten(boolean found) {
    if (json) {
      print(document().put("found", found));
    } else {
      console.out().println(found ? "removed " + run : "The run " + run + " has left nothing.");
    }
  }

  private ObjectNode document() {
    return JsonOutput.document().put("run", run);
  }

  private void print(ObjectNode document) {
    console.out().println(JsonOutput.json(document));
  }
}
