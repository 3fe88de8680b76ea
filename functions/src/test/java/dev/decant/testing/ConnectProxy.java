package dev.decant.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy on the loopback address. It connects clients to the host that a CONNECT request
 * names, and passes other requests on to the host of their URL. It demands a user and a password,
 * and records the heads of requests that have them.
 */
public final class ConnectProxy implements AutoCloseable {
  private static final String DEMAND =
      String.join(
          "\r\n",
          "HTTP/1.1 407 Proxy Authentication Required",
          "Proxy-Authenticate: Basic realm=\"proxy\"",
          "Content-Length: 0",
          "",
          "");

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> heads = new CopyOnWriteArrayList<>();

  /** Starts to listen. */
  public ConnectProxy() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The heads of the first requests of all connections, in the order of their arrival. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      while (!head.toLowerCase(Locale.ROOT).contains("\r\nproxy-authorization: basic ")) {
        answer(client, DEMAND);
        head = head(client.getInputStream());
      }
      heads.add(head);
      String[] words = head.split(" ", 3);
      boolean tunnel = words[0].equals("CONNECT");
      URI to = URI.create(tunnel ? "tunnel://" + words[1] : words[1]);
      if (!to.getHost().equals("127.0.0.1")) {
        answer(client, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      try (Socket behind = new Socket(to.getHost(), to.getPort())) {
        if (tunnel) {
          answer(client, "HTTP/1.1 200 OK\r\n\r\n");
        } else {
          answer(behind, head);
        }
        Thread.ofVirtual().start(() -> copy(client, behind));
        copy(behind, client);
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the head of the request ended too early");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void answer(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The other direction has ended.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
