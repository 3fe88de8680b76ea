package dev.decant.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** An element of an answer in XML, or one that is missing, which has no text and no children. */
public final class XmlElement {
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  private final @Nullable Node node;

  private XmlElement(@Nullable Node node) {
    this.node = node;
  }

  /**
   * The root of a document. It must not have a document type, so that it has no entities.
   *
   * @return empty if this is not such a document
   */
  static Optional<XmlElement> parse(byte[] document) {
    try {
      Element root = parser().parse(new ByteArrayInputStream(document)).getDocumentElement();
      return Optional.of(new XmlElement(root));
    } catch (SAXException e) {
      return Optional.empty();
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DocumentBuilder parser() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature(NO_DOCTYPE, true);
    DocumentBuilder parser = factory.newDocumentBuilder();
    // Without a handler, the parser prints errors to stderr.
    parser.setErrorHandler(new DefaultHandler());
    return parser;
  }

  /** The first child of this name. */
  public XmlElement child(String name) {
    return children(name).findFirst().orElseGet(() -> new XmlElement(null));
  }

  /** The children of this name, in their order. */
  public Stream<XmlElement> children(String name) {
    if (node == null) {
      return Stream.empty();
    }
    NodeList all = node.getChildNodes();
    return IntStream.range(0, all.getLength())
        .mapToObj(all::item)
        .filter(each -> each.getNodeName().equals(name))
        .map(XmlElement::new);
  }

  /** The text, which is empty if there is none. */
  public String text() {
    return node == null ? "" : node.getTextContent();
  }
}
