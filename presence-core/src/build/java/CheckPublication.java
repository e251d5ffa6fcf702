import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Looks at what would be published, and fails with all that is wrong with it. Run by the profile
 * {@code release} of presence-core/pom.xml as a source file. Its arguments: the repository, the
 * build's folder, the jar's name without its ending, and the run-time class path.
 */
final class CheckPublication {

  private final List<String> complaints = new ArrayList<>();
  private final Path repository;
  private final Path target;
  private final String name;

  private CheckPublication(Path repository, Path target, String name) {
    this.repository = repository;
    this.target = target;
    this.name = name;
  }

  public static void main(String[] args) throws Exception {
    CheckPublication check = new CheckPublication(Path.of(args[0]), Path.of(args[1]), args[2]);
    check.jars();
    check.pom();
    check.billOfMaterials(args[3]);
    if (!check.complaints.isEmpty()) {
      throw new IllegalStateException(String.join(System.lineSeparator(), check.complaints));
    }
  }

  private void jars() throws IOException {
    contents("", "dev/presence/Presence.class");
    contents("-sources", "dev/presence/Presence.java");
    Set<String> pages = contents("-javadoc", "dev/presence/Presence.html");
    pages.removeIf(entry -> !entry.contains("dev/presence/internal"));
    expect(pages.isEmpty(), "the Javadoc jar must have no page of an internal: " + pages);
  }

  /**
   * Checks that a jar has a file, in whatever folder, and the licence.
   *
   * @return the names of all entries
   */
  private Set<String> contents(String suffix, String file) throws IOException {
    Path notice = Path.of("presence-core/src/main/resources/META-INF/NOTICE");
    try (JarFile jar = new JarFile(target.resolve(name + suffix + ".jar").toFile())) {
      Set<String> entries =
          jar.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
      expect(
          entries.stream().anyMatch(entry -> entry.endsWith(file)),
          jar.getName() + " must have " + file);
      expectSame(jar, "META-INF/LICENSE", repository.resolve("LICENSE"));
      expectSame(jar, "META-INF/NOTICE", repository.resolve(notice));
      return entries;
    }
  }

  private void expectSame(JarFile jar, String entry, Path source) throws IOException {
    ZipEntry found = jar.getEntry(entry);
    expect(
        found != null
            && Arrays.equals(jar.getInputStream(found).readAllBytes(), Files.readAllBytes(source)),
        jar.getName() + " must have " + entry + " as it is in the repository");
  }

  private void pom() throws Exception {
    Path file = target.resolve(".flattened-pom.xml");
    Document pom = parse(file);
    for (String required :
        List.of(
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "developers/developer/organization",
            "scm/url",
            "scm/connection",
            "scm/developerConnection",
            "issueManagement/url")) {
      expect(!text(pom, "/project/" + required).isBlank(), "the POM must have " + required);
    }
    expect(text(pom, "/project/parent").isEmpty(), "the POM must need no parent");
    expect(!Files.readString(file).contains("${"), "the POM must have no properties left");
    expect(
        text(pom, "//dependency[groupId='org.jspecify'][not(scope='provided')]").isEmpty(),
        "the POM must force no annotations on anybody");
    expect(
        text(pom, "//dependency[groupId='io.micrometer'][not(optional='true')]").isEmpty(),
        "the POM must force no Micrometer on anybody");
    expect(
        text(pom, "//dependency[groupId='io.lettuce'][not(optional='true')]").isEmpty(),
        "the POM must force no Lettuce on anybody");
  }

  /** The jars that an application gets are those that the bill lists. */
  private void billOfMaterials(String classPath) throws Exception {
    Set<String> needed =
        Stream.of(classPath.split(File.pathSeparator))
            .map(entry -> Path.of(entry).getFileName().toString())
            .filter(entry -> entry.endsWith(".jar"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> listed = new TreeSet<>();
    NodeList components = nodes(parse(target.resolve("bom.xml")), "/bom/components/component");
    for (int i = 0; i < components.getLength(); i++) {
      Element component = (Element) components.item(i);
      listed.add(child(component, "name") + "-" + child(component, "version") + ".jar");
    }
    expect(!needed.isEmpty(), "the class path must have jars");
    expect(listed.equals(needed), "the bill of materials must list " + needed + ": " + listed);
    expect(Files.exists(target.resolve("bom.json")), "the bill must be there as JSON, too");
  }

  private static String child(Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent();
  }

  private static Document parse(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  private static NodeList nodes(Document document, String path) throws XPathExpressionException {
    XPath xpath = XPathFactory.newInstance().newXPath();
    return (NodeList) xpath.evaluate(path, document, XPathConstants.NODESET);
  }

  private static String text(Document document, String path) throws XPathExpressionException {
    XPath xpath = XPathFactory.newInstance().newXPath();
    return xpath.evaluate(path, document).strip();
  }

  private void expect(boolean good, String rule) {
    if (!good) {
      complaints.add(rule);
    }
  }
}
