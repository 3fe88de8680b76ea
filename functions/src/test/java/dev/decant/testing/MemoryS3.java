package dev.decant.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.decant.store.KeyOrder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of the S3 API that a copy of media needs, in memory, for 100,000 objects and more.
 * S3Mock would read the file of every object for each page of a listing. The ETags are like those
 * of AWS: the MD5 of one put or copy, {@code MD5-N} of an upload in parts, and another text in a
 * bucket with a KMS key. It serves tests with injected faults and the benchmark. All other tests
 * use S3Mock.
 */
public final class MemoryS3 implements AutoCloseable {
  /** The details of an object. */
  public record Stored(byte[] content, String etag, Map<String, String> headers) {}

  private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>", Pattern.DOTALL);
  private static final Pattern PART = Pattern.compile("<PartNumber>(\\d+)</PartNumber>");
  private static final List<String> KEPT =
      List.of("content-type", "cache-control", "content-disposition", "content-encoding");

  private final HttpServer server;
  private final Map<String, NavigableMap<String, Stored>> buckets = new ConcurrentHashMap<>();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> requests = new ConcurrentHashMap<>();
  private final Set<String> kms = ConcurrentHashMap.newKeySet();
  private volatile BiConsumer<String, String> fault = (action, key) -> {};
  private volatile BiConsumer<String, Long> reading = (key, offset) -> {};

  private record Upload(Map<String, String> headers, NavigableMap<Integer, byte[]> parts) {}

  /** The answer of a fault or a refusal. */
  public static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int status;
    final String code;

    public Refusal(int status, String code) {
      super(code, null, false, false);
      this.status = status;
      this.code = code;
    }
  }

  public MemoryS3(int port) {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Runs a server for the benchmark. The arguments are its port, and then {@code name} for each
   * empty bucket or {@code name=count} for each bucket with objects. With {@code -Dlatency=N}, each
   * answer takes N milliseconds more.
   */
  public static void main(String[] arguments) {
    MemoryS3 s3 = new MemoryS3(Integer.parseInt(arguments[0]));
    int latency = Integer.getInteger("latency", 0);
    if (latency > 0) {
      s3.fault((action, key) -> LockSupport.parkNanos(latency * 1_000_000L));
    }
    for (String bucket : Arrays.asList(arguments).subList(1, arguments.length)) {
      int equals = bucket.indexOf('=');
      s3.bucket(equals < 0 ? bucket : bucket.substring(0, equals));
      if (equals > 0) {
        s3.fill(bucket.substring(0, equals), Integer.parseInt(bucket.substring(equals + 1)));
      }
    }
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * The objects of a bucket, which the caller may change. The bucket is made if it does not exist.
   */
  public NavigableMap<String, Stored> bucket(String name) {
    return buckets.computeIfAbsent(name, _ -> new ConcurrentSkipListMap<>(KeyOrder.UTF_8));
  }

  /** An object that must exist. */
  public Stored object(String bucket, String key) {
    Stored stored = bucket(bucket).get(key);
    if (stored == null) {
      throw new AssertionError("no " + key + " in " + bucket);
    }
    return stored;
  }

  /** From now on, the bucket behaves as if it had a KMS key. */
  public void encrypt(String bucket) {
    kms.add(bucket);
  }

  /**
   * From now on, the bucket is listed in reverse order, because S3's directory buckets do not list
   * in the order of keys.
   */
  public void reverse(String bucket) {
    NavigableMap<String, Stored> reversed = new ConcurrentSkipListMap<>(KeyOrder.UTF_8.reversed());
    reversed.putAll(bucket(bucket));
    buckets.put(bucket, reversed);
  }

  /**
   * Sets the code that runs before each request. It gets the action ({@code CopyObject}) and the
   * key, and may refuse or wait.
   */
  public void fault(BiConsumer<String, String> fault) {
    this.fault = fault;
  }

  /**
   * Sets the code that runs before each {@code GetObject}. It gets the key and the beginning of the
   * range, and may wait.
   */
  public void reading(BiConsumer<String, Long> reading) {
    this.reading = reading;
  }

  /** The number of requests since the last call, by texts such as {@code CopyObject bucket}. */
  public Map<String, Long> takeRequests() {
    Map<String, Long> counts = new TreeMap<>();
    requests.forEach((name, count) -> counts.put(name, count.getAndSet(0)));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /** Puts small images with names as an application makes them. */
  public void fill(String bucket, int count) {
    for (int i = 0; i < count; i++) {
      String key = "uploads/" + i % 100 + "/" + String.format("%08d", i) + ".jpg";
      put(bucket, key, Integer.toString(i).getBytes(StandardCharsets.UTF_8), "image/jpeg");
    }
  }

  /** Puts one object. */
  public void put(String bucket, String key, byte[] content, String type) {
    store(bucket, key, content, null, Map.of("content-type", type));
  }

  /** Uploads one object in two parts. */
  public void putInParts(String bucket, String key, byte[] content, Map<String, String> headers) {
    store(bucket, key, content, 2, headers);
  }

  private Stored store(
      String bucket, String key, byte[] content, @Nullable Integer parts, Map<String, String> h) {
    String etag = kms.contains(bucket) ? md5(UUID.randomUUID().toString()) : md5(content);
    Stored stored = new Stored(content, parts == null ? etag : etag + "-" + parts, Map.copyOf(h));
    bucket(bucket).put(key, stored);
    return stored;
  }

  private static String md5(String text) {
    return md5(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpExchange http) throws IOException {
    try (http) {
      byte[] body = body(http);
      String[] path = http.getRequestURI().getRawPath().split("/", 3);
      String bucket = decode(path[1]);
      String key = path.length > 2 ? decode(path[2]) : "";
      Map<String, String> query = query(http.getRequestURI().getRawQuery());
      try {
        String action = action(http, key, query);
        requests.computeIfAbsent(action + " " + bucket, _ -> new AtomicLong()).incrementAndGet();
        fault.accept(action, key);
        if (action.equals("GetObject")) {
          String range = header(http, "Range");
          reading.accept(key, range == null ? 0L : Long.parseLong(range.split("[=-]", -1)[1]));
        }
        if (!buckets.containsKey(bucket) && !action.equals("CreateBucket")) {
          throw new Refusal(404, "NoSuchBucket");
        }
        act(http, action, bucket, key, query, body);
      } catch (Refusal e) {
        String error = "<Error><Code>" + e.code + "</Code><Message>told so</Message></Error>";
        send(http, e.status, http.getRequestMethod().equals("HEAD") ? "" : error);
      }
    }
  }

  /** The bytes without the signatures that precede each chunk of a signed upload. */
  private static byte[] body(HttpExchange http) throws IOException {
    byte[] sent = http.getRequestBody().readAllBytes();
    String hash = header(http, "x-amz-content-sha256");
    if (hash == null || !hash.startsWith("STREAMING-")) {
      return sent;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int at = 0;
    while (at < sent.length) {
      int line = at;
      while (sent[line] != '\n') {
        line++;
      }
      String head = new String(sent, at, line - at, StandardCharsets.US_ASCII);
      int length = Integer.parseInt(head.replaceFirst(";.*", "").strip(), 16);
      if (length == 0) {
        break;
      }
      body.write(sent, line + 1, length);
      at = line + 1 + length + 2;
    }
    return body.toByteArray();
  }

  private static String action(HttpExchange http, String key, Map<String, String> query) {
    boolean copy = header(http, "x-amz-copy-source") != null;
    return switch (http.getRequestMethod()) {
      case "HEAD" -> key.isEmpty() ? "HeadBucket" : "HeadObject";
      case "GET" -> key.isEmpty() ? "ListObjects" : "GetObject";
      case "DELETE" -> query.containsKey("uploadId") ? "AbortMultipartUpload" : "DeleteObject";
      case "POST" ->
          query.containsKey("delete")
              ? "DeleteObjects"
              : query.containsKey("uploads") ? "CreateMultipartUpload" : "CompleteMultipartUpload";
      case "PUT" ->
          key.isEmpty()
              ? "CreateBucket"
              : query.containsKey("partNumber")
                  ? copy ? "UploadPartCopy" : "UploadPart"
                  : copy ? "CopyObject" : "PutObject";
      default -> "Unknown";
    };
  }

  private void act(
      HttpExchange http,
      String action,
      String bucket,
      String key,
      Map<String, String> query,
      byte[] body)
      throws IOException {
    switch (action) {
      case "HeadBucket", "CreateBucket" -> {
        bucket(bucket);
        send(http, 200, "");
      }
      case "ListObjects" -> send(http, 200, list(bucket, query));
      case "HeadObject", "GetObject" -> get(http, bucket, key);
      case "PutObject" -> {
        tag(http, store(bucket, key, body, null, headers(http)).etag());
        send(http, 200, "");
      }
      case "CopyObject" -> copy(http, bucket, key);
      case "DeleteObject" -> {
        bucket(bucket).remove(key);
        send(http, 204, "");
      }
      case "DeleteObjects" -> {
        String xml = new String(body, StandardCharsets.UTF_8);
        if (xml.chars().anyMatch(c -> c < ' ' && "\t\n\r".indexOf(c) < 0)) {
          throw new Refusal(400, "MalformedXML");
        }
        Matcher keys = KEY.matcher(xml);
        keys.results().forEach(each -> bucket(bucket).remove(unescape(each.group(1))));
        send(http, 200, "<DeleteResult></DeleteResult>");
      }
      case "CreateMultipartUpload" -> {
        String id = UUID.randomUUID().toString();
        uploads.put(id, new Upload(headers(http), new ConcurrentSkipListMap<>()));
        send(
            http,
            200,
            "<InitiateMultipartUploadResult><UploadId>"
                + id
                + "</UploadId></InitiateMultipartUploadResult>");
      }
      case "UploadPart", "UploadPartCopy" -> part(http, action, query, body);
      case "CompleteMultipartUpload" -> complete(http, bucket, key, query, body);
      case "AbortMultipartUpload" -> {
        uploads.remove(query.get("uploadId"));
        send(http, 204, "");
      }
      default -> throw new Refusal(501, "NotImplemented");
    }
  }

  /** The number of uploads in parts that were begun and neither completed nor aborted. */
  public int uploads() {
    return uploads.size();
  }

  private String list(String bucket, Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String token = query.getOrDefault("continuation-token", query.getOrDefault("marker", ""));
    int most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
    NavigableMap<String, Stored> from =
        token.isEmpty()
            ? prefix.isEmpty() ? bucket(bucket) : bucket(bucket).tailMap(prefix, true)
            : bucket(bucket).tailMap(token, false);
    StringBuilder xml = new StringBuilder("<ListBucketResult>");
    if (query.containsKey("encoding-type")) {
      xml.append("<EncodingType>url</EncodingType>");
    }
    int count = 0;
    String last = "";
    String folder = "";
    boolean more = false;
    String delimiter = query.getOrDefault("delimiter", "");
    for (Map.Entry<String, Stored> entry : from.entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      if (!folder.isEmpty() && entry.getKey().startsWith(folder)) {
        last = entry.getKey();
        continue;
      }
      if (count == most) {
        more = true;
        break;
      }
      count++;
      last = entry.getKey();
      int end = delimiter.isEmpty() ? -1 : last.indexOf(delimiter, prefix.length());
      if (end >= 0) {
        folder = last.substring(0, end + 1);
        xml.append("<CommonPrefixes><Prefix>").append(encode(folder));
        xml.append("</Prefix></CommonPrefixes>");
        continue;
      }
      String shown = query.containsKey("encoding-type") ? encode(last) : escape(last);
      xml.append("<Contents><Key>").append(shown).append("</Key><Size>");
      xml.append(entry.getValue().content().length).append("</Size><ETag>&quot;");
      xml.append(entry.getValue().etag()).append("&quot;</ETag>");
      xml.append("<LastModified>2026-01-01T00:00:00.000Z</LastModified>");
      xml.append("<StorageClass>STANDARD</StorageClass></Contents>");
    }
    xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
    if (more) {
      xml.append("<NextContinuationToken>").append(escape(last));
      xml.append("</NextContinuationToken><NextMarker>").append(encode(last));
      xml.append("</NextMarker>");
    }
    return xml.append("</ListBucketResult>").toString();
  }

  private void get(HttpExchange http, String bucket, String key) throws IOException {
    Stored stored = found(bucket, key, header(http, "if-match"));
    stored.headers().forEach((name, value) -> http.getResponseHeaders().set(name, value));
    tag(http, stored.etag());
    http.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
    byte[] content = stored.content();
    if (http.getRequestMethod().equals("HEAD")) {
      http.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
      http.sendResponseHeaders(200, -1);
      return;
    }
    String range = header(http, "range");
    byte[] wanted = range == null ? content : cut(content, range);
    http.sendResponseHeaders(range == null ? 200 : 206, wanted.length == 0 ? -1 : wanted.length);
    http.getResponseBody().write(wanted);
  }

  private static byte[] cut(byte[] content, String range) {
    String[] ends = range.replaceFirst("bytes=", "").split("-", -1);
    int to = Math.min(content.length, Integer.parseInt(ends[1]) + 1);
    return Arrays.copyOfRange(content, Integer.parseInt(ends[0]), to);
  }

  private Stored source(HttpExchange http) {
    String[] source =
        decode(required(http, "x-amz-copy-source")).replaceFirst("^/", "").split("/", 2);
    requests.computeIfAbsent("copied from " + source[0], _ -> new AtomicLong()).incrementAndGet();
    return found(source[0], source[1], header(http, "x-amz-copy-source-if-match"));
  }

  private Stored found(String bucket, String key, @Nullable String etag) {
    Stored stored = bucket(bucket).get(key);
    if (stored == null) {
      throw new Refusal(404, "NoSuchKey");
    }
    if (etag != null && !etag.replace("\"", "").equals(stored.etag())) {
      throw new Refusal(412, "PreconditionFailed");
    }
    return stored;
  }

  private void copy(HttpExchange http, String bucket, String key) throws IOException {
    Stored source = source(http);
    boolean replace = "REPLACE".equals(header(http, "x-amz-metadata-directive"));
    Map<String, String> headers = replace ? headers(http) : source.headers();
    Stored stored = store(bucket, key, source.content(), null, headers);
    send(
        http,
        200,
        "<CopyObjectResult><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>&quot;"
            + stored.etag()
            + "&quot;</ETag></CopyObjectResult>");
  }

  private void part(HttpExchange http, String action, Map<String, String> query, byte[] body)
      throws IOException {
    byte[] content =
        action.equals("UploadPart")
            ? body
            : cut(source(http).content(), required(http, "x-amz-copy-source-range"));
    Upload upload = upload(query);
    upload.parts().put(Integer.parseInt(query.getOrDefault("partNumber", "")), content);
    tag(http, md5(content));
    send(http, 200, "<CopyPartResult><ETag>" + md5(content) + "</ETag></CopyPartResult>");
  }

  private Upload upload(Map<String, String> query) {
    Upload upload = uploads.get(query.getOrDefault("uploadId", ""));
    if (upload == null) {
      throw new Refusal(404, "NoSuchUpload");
    }
    return upload;
  }

  private void complete(
      HttpExchange http, String bucket, String key, Map<String, String> query, byte[] body)
      throws IOException {
    Upload upload = upload(query);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    List<Integer> numbers = new ArrayList<>();
    Matcher parts = PART.matcher(new String(body, StandardCharsets.UTF_8));
    parts.results().forEach(part -> numbers.add(Integer.parseInt(part.group(1))));
    for (int number : numbers) {
      whole.write(upload.parts().get(number));
    }
    String etag = store(bucket, key, whole.toByteArray(), numbers.size(), upload.headers()).etag();
    uploads.remove(query.get("uploadId"));
    send(
        http,
        200,
        "<CompleteMultipartUploadResult><ETag>" + etag + "</ETag></CompleteMultipartUploadResult>");
  }

  private static Map<String, String> headers(HttpExchange http) {
    Map<String, String> headers = new HashMap<>();
    http.getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (KEPT.contains(lower) || lower.startsWith("x-amz-meta-")) {
                headers.put(lower, values.getFirst());
              }
            });
    return headers;
  }

  private static void tag(HttpExchange http, String etag) {
    http.getResponseHeaders().set("ETag", '"' + etag + '"');
  }

  private static @Nullable String header(HttpExchange http, String name) {
    return http.getRequestHeaders().getFirst(name);
  }

  private static String required(HttpExchange http, String name) {
    return Objects.requireNonNull(header(http, name));
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      query.put(
          decode(equals < 0 ? pair : pair.substring(0, equals)),
          equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String unescape(String xml) {
    return xml.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x0D;", "\r")
        .replace("&#x0A;", "\n")
        .replace("&amp;", "&");
  }

  private static void send(HttpExchange http, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      http.getResponseHeaders().set("Content-Type", "application/xml");
    }
    http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      http.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
