package dev.decant.pull;

import dev.decant.copy.Bytes;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameReader;
import dev.decant.frame.FrameSource;
import dev.decant.load.SnapshotSchema;
import dev.decant.manifest.Manifest;
import dev.decant.progress.Quantity;
import dev.decant.run.Interrupt;
import dev.decant.run.Prefetch;
import dev.decant.run.RunGuard;
import dev.decant.schema.TableName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pull into a plain dump. */
final class DumpPull {
  /**
   * Statements are cut out of pieces of about this many bytes. A piece consists of whole frames,
   * and a frame ends between statements.
   */
  private static final int AHEAD = 6;

  private static final int MOST_TEXT = 16 << 20;

  private final PullRequest request;
  private final Manifest manifest;
  private final FrameSource frames;
  private final SelectedContent choice;

  DumpPull(PullRequest request, Manifest manifest, FrameSource frames, SelectedContent choice) {
    this.request = request;
    this.manifest = manifest;
    this.frames = frames;
    this.choice = choice;
  }

  PullResult toFile(PullTarget.ToFile target) {
    if (Files.exists(target.file()) && !Files.isRegularFile(target.file())) {
      return through(target.file());
    }
    // The question comes before the interrupt handler, so Ctrl-C at the question ends the process
    // at once.
    try (PartFile part = PartFile.beside(target.file(), target.overwrite(), request.questions());
        RunGuard guard = new RunGuard(null, "the unfinished file was deleted", "");
        Interrupt _ = new Interrupt(guard)) {
      guard.onEnd(part::close);
      try (DumpSink sink = DumpSink.of(part.open(), target.file().toString())) {
        write(sink, guard::check);
      } catch (IOException | DecantException e) {
        throw guard.orEnd(failure(e, target.file().toString()));
      }
      guard.check();
      part.publish();
      return result(target.file().toString());
    }
  }

  /** Writes to a pipe or a device. Nothing can be undone there. */
  private PullResult through(Path file) {
    try (DumpSink sink = DumpSink.of(Files.newOutputStream(file), file.toString())) {
      write(sink, () -> {});
    } catch (IOException | DecantException e) {
      throw failure(e, file.toString());
    }
    return result(file.toString());
  }

  /**
   * Writes to a stream. There is no interrupt handler: nothing could be undone, and a reader that
   * does not read would delay the end.
   */
  PullResult toStream(OutputStream stream) {
    try {
      write(DumpSink.plain(stream), () -> {});
      stream.flush();
    } catch (IOException | DecantException e) {
      throw failure(e, "stdout");
    }
    return result("-");
  }

  private DecantException failure(Exception e, String where) {
    if (e instanceof IOException && DiskFull.is(e)) {
      return new DecantException(
          ErrorCode.STORE_FAILED,
          "Cannot write to "
              + where
              + ", because its disk is full. The dump has about "
              + Quantity.bytes(choice.textBytes(manifest))
              + " of text. Make room, or give a name that ends in .zst, which needs about a fifth"
              + " of that.",
          e);
    }
    return e instanceof DecantException known
        ? known
        : new DecantException(
            ErrorCode.STORE_FAILED,
            "Cannot write to " + where + ". Check that it exists and that you may write to it.",
            e);
  }

  private PullResult result(String place) {
    TreeMap<TableName, Long> rows = new TreeMap<>();
    manifest.tables().stream()
        .filter(t -> choice.tables().contains(t.table()))
        .forEach(t -> rows.put(t.table(), t.rowsOut()));
    return new PullResult(
        request.source().snapshot(),
        place,
        false,
        rows,
        choice.textBytes(manifest),
        List.copyOf(choice.added()),
        choice.omitted(),
        Map.of());
  }

  private void write(DumpSink sink, Runnable check) throws IOException {
    List<Frame> wanted =
        manifest.frames().stream()
            .filter(f -> f.table() == null || choice.tables().contains(f.table()))
            .toList();
    request.progress().stage("dump", wanted.stream().mapToLong(Frame::textLength).sum(), "B");
    List<byte[]> omitted = omitted();
    try (FrameReader reader = new FrameReader(frames);
        Prefetch<Frame, byte[]> ahead =
            new Prefetch<>(AHEAD, new ArrayDeque<>(wanted)::poll, frames::read, check)) {
      Bytes ddl = new Bytes(1 << 16);
      for (var next = ahead.next(); next != null; next = ahead.next()) {
        Frame frame = next.key();
        byte[] compressed = next.value();
        if (frame.kind() == Frame.Kind.DDL && !omitted.isEmpty()) {
          Bytes text = reader.text(frame, compressed);
          ddl.append(text.array(), 0, text.length());
          if (ddl.length() >= MOST_TEXT) {
            flush(ddl, omitted, sink);
          }
        } else {
          flush(ddl, omitted, sink);
          sink.frame(frame, compressed, reader);
        }
        request.progress().advance(frame.textLength(), frame.rows(), tableOf(frame));
      }
      flush(ddl, omitted, sink);
    } finally {
      request.progress().done();
    }
  }

  private static String tableOf(Frame frame) {
    return frame.table() == null ? "schema" : frame.table().toString();
  }

  /** The statements of the snapshot that the selection leaves out. They are cut out of the text. */
  private List<byte[]> omitted() {
    if (choice.all()) {
      return List.of();
    }
    SnapshotSchema whole = SnapshotSchema.read(manifest.frames(), frames);
    List<byte[]> kept = choice.schema().after().stream().map(Statement::text).toList();
    List<byte[]> omitted = new ArrayList<>();
    int next = 0;
    for (Statement each : whole.after()) {
      if (next < kept.size() && java.util.Arrays.equals(each.text(), kept.get(next))) {
        next++;
      } else {
        omitted.add(each.text());
      }
    }
    return omitted;
  }

  private static void flush(Bytes ddl, List<byte[]> omitted, DumpSink sink) throws IOException {
    if (ddl.length() > 0) {
      sink.text(TextCut.without(ddl, omitted));
      ddl.clear();
    }
  }
}
