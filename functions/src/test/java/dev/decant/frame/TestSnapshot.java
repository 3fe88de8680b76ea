package dev.decant.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.schema.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small dump in a spool. It has three frames of rows of one table between DDL frames. */
public final class TestSnapshot implements AutoCloseable {
  public static final TableName TABLE = new TableName("public", "users");

  public final FrameSpool spool;
  public final List<SpooledFrame> frames = new ArrayList<>();
  public final StringBuilder text = new StringBuilder();

  private final FrameCompressor compressor = new FrameCompressor();

  /** Makes a snapshot; {@code rows} distinguishes it from others. */
  public TestSnapshot(Path folder, String rows) {
    spool = new FrameSpool(folder);
    add(Frame.Kind.DDL, null, 0, "\\set ON_ERROR_STOP on\nCREATE TABLE public.users (id int);\n");
    add(Frame.Kind.COPY, TABLE, 0, "COPY public.users (id, name) FROM stdin;\n");
    for (int i = 1; i <= 3; i++) {
      add(Frame.Kind.ROWS, TABLE, 100, (i + "\t" + rows + "\n").repeat(100));
    }
    add(Frame.Kind.END, TABLE, 0, "\\.\n\n");
    add(Frame.Kind.DDL, null, 0, "--\n-- PostgreSQL database dump complete\n--\n");
  }

  private void add(Frame.Kind kind, @Nullable TableName table, long rows, String frameText) {
    text.append(frameText);
    frames.add(spool.append(kind, table, rows, compressor.compress(frameText.getBytes(UTF_8))));
  }

  @Override
  public void close() {
    compressor.close();
    spool.close();
  }
}
