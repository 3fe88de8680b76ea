package dev.decant.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback that cuts its first connections after so many bytes in one direction,
 * or one when the answer comes to what the client said.
 */
public final class CuttingProxy implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final AtomicInteger cutsLeft;
  private final long upload;
  private final long download;
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicReference<@Nullable String> lastWords = new AtomicReference<>();

  /**
   * Begins to listen.
   *
   * @param cuts how many connections are cut
   * @param upload bytes from the client after which they are
   * @param download bytes from the server after which they are
   */
  public CuttingProxy(int target, int cuts, long upload, long download) throws IOException {
    this.target = target;
    this.cutsLeft = new AtomicInteger(cuts);
    this.upload = upload;
    this.download = download;
    Thread.ofVirtual().start(this::accept);
  }

  /** Cuts nothing until it is told to. */
  public CuttingProxy(int target) throws IOException {
    this(target, 0, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** The next client that says this has its answer swallowed and is cut: it cannot know. */
  public void swallowAnswerTo(String words) {
    lastWords.set(words);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How many connections were cut. */
  public int cuts() {
    return cuts.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
        AtomicBoolean last = new AtomicBoolean();
        Thread.ofVirtual().start(() -> copy(client, behind, upload, chunk -> listen(chunk, last)));
        Thread.ofVirtual().start(() -> copy(behind, client, download, _ -> !last.get()));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /** Notes that what the client says now are its last words. */
  private boolean listen(String chunk, AtomicBoolean last) {
    String words = lastWords.get();
    if (words != null && chunk.contains(words) && lastWords.compareAndSet(words, null)) {
      last.set(true);
      cuts.incrementAndGet();
    }
    return true;
  }

  private void copy(Socket from, Socket to, long limit, Predicate<String> passes) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      long copied = 0;
      int count;
      while ((count = in.read(buffer)) >= 0) {
        if (!passes.test(new String(buffer, 0, count, ISO_8859_1))) {
          return;
        }
        if (copied + count > limit && cutsLeft.getAndDecrement() > 0) {
          out.write(buffer, 0, (int) (limit - copied));
          cuts.incrementAndGet();
          return;
        }
        out.write(buffer, 0, count);
        copied = copied + count > limit ? Long.MIN_VALUE / 2 : copied + count;
      }
    } catch (IOException e) {
      // The other direction was cut.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
