package dev.decant.policy.parse;

import static dev.decant.policy.PolicyFixture.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.FakeMasks;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.PolicyFixture;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pins the exact messages for bad policies. */
final class BadPolicyTest {
  /** The YAML after {@code version: 1}, and its problem. */
  static Stream<Arguments> policies() {
    return Stream.of(
        arguments(
            "quasi-identifiers: {}",
            "policy.yaml:2: There is no table here. Write { public.user: [birth_date, postcode] },"
                + " or remove the key."),
        arguments(
            "quasi-identifiers:\n  public.a: []",
            "policy.yaml:3: table public.a: The list is empty. Write a list of columns, for example"
                + " [birth_date, postcode], or remove the table."),
        arguments(
            "quasi-identifiers: { public.a: [b, b] }",
            "policy.yaml:2: table public.a, column b: The column is in the list twice. Remove one"
                + " of them."),
        arguments(
            "quasi-identifiers:\n  public.a: [b]\n  '\"public\".a': [c]",
            "policy.yaml:4: table public.a: The table has two entries. Remove one of them."),
        arguments(
            "k-anonymity: { at-least: 5 }",
            "policy.yaml:2: The key k-anonymity asserts nothing without quasi-identifiers. Write"
                + " quasi-identifiers: { public.user: [birth_date, postcode] }, or remove it."),
        arguments(
            "quasi-identifiers: { public.a: [b] }\nk-anonymity: { at-least: 1 }",
            "policy.yaml:3: The value of at-least is not from 2 to 1000000, so it would assert"
                + " nothing. Write for example 5."),
        arguments(
            "quasi-identifiers: { public.a: [b] }\nk-anonymity: {}",
            "policy.yaml:3: The key at-least is missing. Write at-least: 5."),
        arguments("tabels: {}", "policy.yaml:2: The key tabels is unknown. Write tables."),
        arguments(
            "tables: [public.a]",
            "policy.yaml:2: This is not a map. Write a map from tables to their rules."),
        arguments(
            "tables: { customer: truncate }",
            "policy.yaml:2: customer is not the name of a table with its schema. Write"
                + " public.customer."),
        arguments(
            "tables: { public.Order: truncate }",
            "policy.yaml:2: The name public.Order needs quotes in SQL. Write 'public.\"Order\"'."),
        arguments(
            "tables:\n  public.a: truncated",
            "policy.yaml:3: table public.a: The word truncated is not a rule of a table. Write"
                + " truncate, or a map with keep and columns."),
        arguments(
            "tables:\n  public.a:",
            "policy.yaml:3: table public.a: The value is empty. Write truncate, or a map with keep"
                + " and columns."),
        arguments(
            "tables:\n  public.a: { keeps: [id] }",
            "policy.yaml:3: table public.a: The key keeps is unknown. Write keep."),
        arguments(
            "tables:\n  public.a: truncate\n  public.a: truncate",
            "policy.yaml:4: The key public.a occurs twice, first in line 3. Remove one of them."),
        arguments(
            "tables:\n  public.a: truncate\n  '\"public\".a': truncate",
            "policy.yaml:4: table public.a: The table has two entries. Remove one of them."),
        arguments(
            "tables:\n  public.a: { keep: [id, id] }",
            "policy.yaml:3: table public.a, column id: The column is in keep twice. Remove one of"
                + " them."),
        arguments(
            "tables:\n  public.a:\n    keep: [id]\n    columns: { id: email }",
            "policy.yaml:5: table public.a, column id: The column is in keep and in columns. Remove"
                + " it from one of them."),
        arguments(
            "tables:\n  public.a: { columns: { b: emial } }",
            "policy.yaml:3: table public.a, column b: The mask emial does not exist. Write email."),
        arguments(
            "tables:\n  public.a: { columns: { b: } }",
            "policy.yaml:3: table public.a, column b: The value is missing. Write the name of a"
                + " mask, or { mask: NAME, … }. For NULL, write nullify."),
        arguments(
            "tables:\n  public.a:\n    columns:\n      b: { mask: email, domian: x }",
            "policy.yaml:5: table public.a, column b: The mask email has no option domian. Write"
                + " domain."),
        arguments(
            "tables:\n  public.a: { columns: { b: { mask: password, algorithm: md5 } } }",
            "policy.yaml:3: table public.a, column b: The word md5 is unknown. Write one of"
                + " argon2id, bcrypt, pbkdf2-sha256."),
        arguments(
            "tables:\n  public.a: { columns: { b: { mask: password, cost: high } } }",
            "policy.yaml:3: table public.a, column b: This is not a whole number. Write one without"
                + " quotes."),
        arguments(
            "tables:\n  public.a: { columns: { b: constant } }",
            "policy.yaml:3: table public.a, column b: The mask constant needs the option value."
                + " Write { mask: constant, value: … }."),
        arguments(
            "tables:\n  public.a: { columns: { b: { domain: x } } }",
            "policy.yaml:3: table public.a, column b: The key mask is missing. Write mask: NAME."),
        arguments(
            "tables:\n  public.a: { columns: { b: { mask: pick, file: ../names.txt } } }",
            "policy.yaml:3: table public.a, column b: The file ../names.txt is not beside the"
                + " policy. Write a relative path without .. in it."),
        arguments(
            "tables:\n  public.a: { columns: { b: { mask: pick, file: none.txt } } }",
            "policy.yaml:3: table public.a, column b: The file none.txt does not exist beside the"
                + " policy. Put it there."),
        arguments(
            "tables:\n"
                + "  public.a: { columns: { b: { mask: email, when: { column: a, equals: 1 } } } }",
            "policy.yaml:3: table public.a, column b: The key when is allowed in a list of cases"
                + " only. Write - { when: {…}, mask: … } and a last case without when."),
        arguments(
            """
            tables:
              public.a:
                columns:
                  b:
                    - { when: { column: a, equals: 1 }, mask: keep }\
            """,
            "policy.yaml:6: table public.a, column b: The last case has a when, so some rows would"
                + " have no rule. Write a last case without when."),
        arguments(
            "tables:\n  public.a:\n    columns:\n      b:\n        - keep\n        - email",
            "policy.yaml:6: table public.a, column b: A case before the last one has no when, so"
                + " the cases after it would never apply. Write when: {…} into it."),
        arguments(
            "tables:\n  public.a: { columns: { b: [] } }",
            "policy.yaml:3: table public.a, column b: The list of cases is empty. Write the name of"
                + " a mask, or { mask: NAME, … }."),
        arguments(
            "masks:\n  a: b\n  b: { mask: a }",
            "policy.yaml:3: The named mask a leads back to itself (a, b). Name a built-in mask in"
                + " one of them."),
        arguments(
            "masks:\n  email: scramble",
            "policy.yaml:3: The name email is the name of a built-in mask. Write another name."),
        arguments(
            "masks:\n  a: [email]",
            "policy.yaml:3: Only a column can have a list of cases. Write the name of a mask, or {"
                + " mask: NAME, … }."),
        arguments(
            "tables:\n  public.a: { rows: { where: { column: a, eqals: 1 } } }",
            "policy.yaml:3: table public.a: The key eqals is unknown. Write equals."),
        arguments(
            "tables:\n  public.a: { rows: { where: { column: a, equals: null } } }",
            "policy.yaml:3: table public.a: NULL equals no value. Write is-null: true."),
        arguments(
            "tables:\n  public.a: { rows: { where: { column: a, is-null: yes } } }",
            "policy.yaml:3: table public.a: This is neither true nor false. Write one of them."),
        arguments(
            "tables:\n  public.a: { rows: { where: { column: a, in: [] } } }",
            "policy.yaml:3: table public.a: The list in is empty, so the condition never holds."
                + " Write values into it."),
        arguments(
            "tables:\n  public.a: { rows: { where: { column: a, matches: '(' } } }",
            "policy.yaml:3: table public.a: This is not a regular expression in the syntax of RE2"
                + " (missing closing ), in the part that begins at character 1). Write it without"
                + " look-around, back-references, possessive quantifiers and atomic groups, which"
                + " RE2 does not have."),
        arguments(
            "tables:\n  public.a: { rows: { where: { all: [] } } }",
            "policy.yaml:3: table public.a: The list all is empty. Write conditions into it."),
        arguments(
            "tables:\n  public.a: { rows: { where: { equals: 1 } } }",
            "policy.yaml:3: table public.a: A condition needs exactly one of column, all, any and"
                + " not. Write a condition, for example { column: NAME, equals: VALUE }."),
        arguments(
            "parameters: [MISSING]",
            "policy.yaml:2: The parameter MISSING has no value. Give --param MISSING=V or set"
                + " DECANT_PARAM_MISSING."),
        arguments(
            "tables:\n  public.a: { columns: { b: { mask: constant, value: '${ADMIN_EMAIL}' } } }",
            "policy.yaml:3: table public.a, column b: The parameter ADMIN_EMAIL is not declared."
                + " Write it into parameters, or write $${ADMIN_EMAIL} for the characters."),
        arguments(
            "tables:\n  public.a: { columns: { b: { mask: constant, value: 'a ${' } } }",
            "policy.yaml:3: table public.a, column b: The reference to a parameter has no closing"
                + " brace. Write ${NAME}, or write $${ for the characters ${."),
        arguments(
            """
            parameters: [ADMIN_EMAIL]
            tables:
              public.a: { columns: { '${ADMIN_EMAIL}': email } }\
            """,
            "policy.yaml:4: table public.a: This is not the name of a column. Write one."),
        arguments(
            "parameters: [ADMIN_EMAIL]\nsql:\n  - select '${ADMIN_EMAIL}'",
            "policy.yaml:4: ${ADMIN_EMAIL} stands inside quotes or a comment. Write it without"
                + " quotes, because it becomes a quoted literal, or write $${ADMIN_EMAIL} for the"
                + " characters."),
        arguments(
            "sql: select 1",
            "policy.yaml:2: This is not a list. Write a list of statements and { file: NAME }."),
        arguments(
            "sql:\n  - file: latin1.sql",
            "policy.yaml:3: The file latin1.sql is not UTF-8. Save it as UTF-8."),
        arguments(
            "sql:\n  - file: broken.sql",
            "policy.yaml:3: The file broken.sql cannot be read. Make it readable."),
        arguments(
            "sql:\n  - file: cleanup.sql",
            "policy.yaml:3: The parameter ADMIN_EMAIL is not declared. Write it into parameters, or"
                + " write $${ADMIN_EMAIL} for the characters."),
        arguments(
            "assertions:\n  - { name: a, sql: select 1 }",
            "policy.yaml:3: An assertion needs either equals or empty. Write equals: VALUE, or"
                + " empty: true."),
        arguments(
            "assertions:\n  - { name: a, sql: select 1, empty: false }",
            "policy.yaml:3: The entry empty: false asserts nothing. Write empty: true, or equals:"
                + " VALUE."),
        arguments(
            """
            assertions:
              - { name: a, sql: x, empty: true }
              - { name: a, sql: y, empty: true }\
            """,
            "policy.yaml:4: Two assertions have the name a. Write another name."),
        arguments(
            "anchors:\n  admin: { table: public.a }",
            "policy.yaml:3: The key where is missing. Write where: { column: NAME, OPERATOR: VALUE"
                + " }."),
        arguments("large-objects: dropp", "policy.yaml:2: The word dropp is unknown. Write drop."),
        arguments(
            "locale: 12", "policy.yaml:2: 12 is not a language. Write for example de or de-AT."),
        arguments(
            "trace: { min-length: 0 }",
            "policy.yaml:2: The value of min-length is not from 1 to 1000. Write for example 6."),
        arguments(
            "tables: !custom {}", "policy.yaml:2: A YAML tag (!…) has no meaning here. Remove it."),
        arguments("tables: { [a]: b }", "policy.yaml:2: A key is a list or a map. Write a name."),
        arguments(
            "a: b: c",
            "policy.yaml:2: The file is not YAML: a key is not allowed at this place. Check the"
                + " indentation of this line and of the line above, and quote a text that contains"
                + " ': '."),
        arguments(
            "tables:\n  public.a: truncate\n public.b: truncate",
            "policy.yaml:4: The file is not YAML: the indentation of this line does not match the"
                + " lines above. Begin all keys of a map, and all items of a list, in the same"
                + " column."),
        arguments(
            "tables:\n\tpublic.a: truncate",
            "policy.yaml:3: The file is not YAML: there is a tab. Indent with spaces."),
        arguments(
            "tables: { public.a: { keep: [id, name }",
            "policy.yaml:2: The file is not YAML: a list in [ ] or a map in { } has a mistake"
                + " before this place. Check its commas, its quotes and its closing bracket."),
        arguments(
            "tables:\n  public.a\n  public.b: truncate",
            "policy.yaml:4: The file is not YAML: a key is not allowed at this place. Check the"
                + " indentation of this line and of the line above, and quote a text that contains"
                + " ': '."));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void badPolicyIsAnsweredWithWhatToWrite(String yaml, String problem) {
    assertThat(error("version: 1\n" + yaml + "\n"))
        .isEqualTo("The policy has a problem:\n" + problem);
  }

  @Test
  void versionComesFirst() {
    assertThat(error("tables: {}"))
        .isEqualTo(
            "The policy has a problem:\n"
                + "policy.yaml:1: The key version is missing. Write version: 1.");
    assertThat(error("version: 2\nnew: grammar"))
        .isEqualTo(
            "The policy has a problem:\n"
                + "policy.yaml:1: The file has version 2, but this decant reads version 1."
                + " Use a newer decant.");
  }

  @Test
  void emptyFileIsNoPolicy() {
    assertThat(error("# nothing\n"))
        .isEqualTo(
            "The policy has a problem:\n"
                + "policy.yaml:1: The file is empty. Write version: 1 and tables.");
  }

  @Test
  void bytesThatAreNoUtf8AreAnError() {
    DecantException thrown =
        Assertions.catchThrowableOfType(
            DecantException.class,
            () ->
                new PolicyParser(new FakeMasks())
                    .parse(
                        "p.yaml",
                        "version: 1 # é".getBytes(StandardCharsets.ISO_8859_1),
                        PolicyFiles.none(),
                        Map.of()));
    assertThat(thrown.code()).isEqualTo(ErrorCode.POLICY_INVALID);
    assertThat(thrown)
        .hasMessage(
            "The policy has a problem:\n"
                + "p.yaml: The file is not encoded in UTF-8. Save it as UTF-8.");
  }

  @Test
  void everythingIsFoundInOnePass() {
    assertThat(
            error(
                """
                version: 1
                locals: de
                masks:
                  a: { mask: emial }
                tables:
                  public.t:
                    keep: [id]
                    columns:
                      id: email
                      b: { mask: email, domian: x, keep-domain: maybe }
                      c: a
                    rows: { when: 1 }
                  u: truncate
                assertions:
                  - { sql: select 1, equal: 1 }
                """))
        .isEqualTo(
            """
            The policy has 10 problems:
            policy.yaml:2: The key locals is unknown. Write locale.
            policy.yaml:4: The mask emial does not exist. Write email.
            policy.yaml:9: table public.t, column id: The column is in keep and in columns. Remove it from one of them.
            policy.yaml:10: table public.t, column b: The mask email has no option domian. Write domain.
            policy.yaml:10: table public.t, column b: This is neither true nor false. Write one of them.
            policy.yaml:12: table public.t: The key when is unknown. Write where.
            policy.yaml:12: table public.t: The key where is missing. Write where: { column: NAME, OPERATOR: VALUE }.
            policy.yaml:13: u is not the name of a table with its schema. Write public.u.
            policy.yaml:15: The key equal is unknown. Write equals.
            policy.yaml:15: The key name is missing. Write a sentence that says what it asserts.
            policy.yaml:15: An assertion needs either equals or empty. Write equals: VALUE, or empty: true.\
            """
                .replace("10 problems", "11 problems"));
  }

  @Test
  void valueOfAParameterIsInNoMessage() {
    String error =
        error(
            """
            version: 1
            parameters: [ADMIN_EMAIL]
            tables:
              '${ADMIN_EMAIL}': truncate
              public.t:
                columns:
                  a: { mask: '${ADMIN_EMAIL}' }
                  b: { mask: email, domain: '${ADMIN_EMAIL}', cost: '${ADMIN_EMAIL}' }
                  c: { mask: password, algorithm: '${ADMIN_EMAIL}', cost: '${ADMIN_EMAIL}' }
                rows: { where: { column: a, matches: '(${ADMIN_EMAIL}' } }
            large-objects: ${ADMIN_EMAIL}
            locale: ${ADMIN_EMAIL}
            sql: [{ file: '${ADMIN_EMAIL}' }]
            """);
    assertThat(error).contains("has 9 problems").doesNotContain("boss").doesNotContain("corp.ex");
  }

  @Test
  void valueWithBracesDoesNotReachATemplate() {
    DecantException thrown =
        Assertions.catchThrowableOfType(
            DecantException.class,
            () ->
                new PolicyParser(new FakeMasks())
                    .parse(
                        "p.yaml",
                        PolicyFixture.utf8(
                            """
                            version: 1
                            parameters: [P]
                            tables:
                              public.t: { columns: { a: { mask: template, value: '{id}${P}' } } }
                            """),
                        PolicyFiles.none(),
                        Map.of("P", "{password}")));
    assertThat(thrown)
        .hasMessage(
            "The policy has a problem:\n"
                + "p.yaml:4: table public.t, column a: The value of a parameter has braces, which"
                + " name columns here. Give a value without braces.");
  }
}
