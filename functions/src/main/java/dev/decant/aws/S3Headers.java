package dev.decant.aws;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The headers of an object. A copy that S3 does not make by itself must send them again. */
public record S3Headers(
    @Nullable String contentType,
    @Nullable String cacheControl,
    @Nullable String contentDisposition,
    @Nullable String contentEncoding,
    @Nullable String contentLanguage,
    @Nullable Instant expires,
    @Nullable String websiteRedirect,
    Map<String, String> metadata) {
  /** The name of the metadata that holds the ETag of the source of a copy: {@code x-amz-meta-…}. */
  public static final String MARK = "decant-source-etag";

  public static S3Headers ofType(String contentType) {
    return new S3Headers(contentType, null, null, null, null, null, null, Map.of());
  }

  public static S3Headers of(HeadObjectResponse head) {
    return new S3Headers(
        head.contentType(),
        head.cacheControl(),
        head.contentDisposition(),
        head.contentEncoding(),
        head.contentLanguage(),
        instant(head.expiresString()),
        head.websiteRedirectLocation(),
        head.metadata());
  }

  private static @Nullable Instant instant(@Nullable String date) {
    try {
      return date == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    } catch (DateTimeException e) {
      return null; // S3 keeps any text that it was given, for example "never"
    }
  }

  /** The same headers with the ETag of the source as a mark. */
  public S3Headers marked(String mark) {
    Map<String, String> all = new HashMap<>(metadata);
    all.put(MARK, mark);
    return new S3Headers(
        contentType,
        cacheControl,
        contentDisposition,
        contentEncoding,
        contentLanguage,
        expires,
        websiteRedirect,
        Map.copyOf(all));
  }

  /** Sets the headers of a request. */
  public PutObjectRequest.Builder onto(PutObjectRequest.Builder request) {
    return request
        .contentType(contentType)
        .cacheControl(cacheControl)
        .contentDisposition(contentDisposition)
        .contentEncoding(contentEncoding)
        .contentLanguage(contentLanguage)
        .expires(expires)
        .websiteRedirectLocation(websiteRedirect)
        .metadata(metadata);
  }

  /** Sets the headers of a request. */
  public CreateMultipartUploadRequest.Builder onto(CreateMultipartUploadRequest.Builder request) {
    return request
        .contentType(contentType)
        .cacheControl(cacheControl)
        .contentDisposition(contentDisposition)
        .contentEncoding(contentEncoding)
        .contentLanguage(contentLanguage)
        .expires(expires)
        .websiteRedirectLocation(websiteRedirect)
        .metadata(metadata);
  }

  /** Sets the headers of a request, in place of those that S3 would copy. */
  public CopyObjectRequest.Builder onto(CopyObjectRequest.Builder request) {
    return request
        .metadataDirective(MetadataDirective.REPLACE)
        .contentType(contentType)
        .cacheControl(cacheControl)
        .contentDisposition(contentDisposition)
        .contentEncoding(contentEncoding)
        .contentLanguage(contentLanguage)
        .expires(expires)
        .websiteRedirectLocation(websiteRedirect)
        .metadata(metadata);
  }
}
