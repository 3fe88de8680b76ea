package dev.decant.manifest;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import dev.decant.error.Printable;
import dev.decant.resource.PackagedFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * An HTML page from the resources of the jar. Every value that is put into it is escaped, and
 * characters that change the direction of writing are made visible. The page includes {@code
 * style.css}, and its Content-Security-Policy allows this style sheet, by its hash, and nothing
 * else.
 */
final class Template {
  private static final String STYLE = "@style@";
  private static final String STYLE_HASH = "@style-hash@";

  private final com.samskivert.mustache.Template page;

  /** Reads a page from the package of this class. */
  Template(String resource) {
    String style = text("style.css");
    page =
        Mustache.compiler()
            .withEscaper(raw -> Escapers.HTML.escape(Printable.of(raw)))
            .emptyStringIsFalse(true)
            .compile(text(resource).replace(STYLE, style).replace(STYLE_HASH, hash(style)));
  }

  /** Fills in the values of an object, by the names of its accessors. */
  String fill(Object values) {
    return page.execute(values);
  }

  private static String hash(String style) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(String resource) {
    // A browser reads line ends as \n, also for the hash.
    return PackagedFile.text(Template.class, resource).replace("\r", "");
  }
}
