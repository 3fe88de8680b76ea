package dev.decant.sanitize;

import dev.decant.testing.PostgresVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PostgreSQL accepts masked arrays, ranges, composites, domains and texts in bytea. */
final class MaskedShapesIT {
  private static final String DUMP =
      """
      CREATE SCHEMA heroku_ext;
      CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA heroku_ext;
      CREATE DOMAIN public.mail AS heroku_ext.citext CHECK (VALUE ~ '@');
      CREATE DOMAIN public.code AS character varying(40);
      CREATE TYPE public.person AS (name text, mails public.mail[], born date);
      CREATE TABLE public.account (id integer NOT NULL, email text, mail public.mail);
      CREATE TABLE public.shape (
          id integer NOT NULL,
          texts text[],
          lengths character varying(40)[],
          citexts heroku_ext.citext[],
          mails public.mail[],
          codes public.code[],
          who public.person,
          all_who public.person[],
          ints int4range,
          many int8multirange,
          span daterange,
          times tstzrange,
          bytes bytea,
          doc jsonb
      );
      COPY public.account (id, email, mail) FROM stdin;
      1\tMax@x.de\tmax@X.de
      2\teva, "k"@x.de\tEva, "k"@x.de
      \\.

      COPY public.shape (id, texts, lengths, citexts, mails, codes, who, all_who, ints, many, span, times, bytes, doc) FROM stdin;
      1\t{Max@x.de,NULL,"eva, \\\\"k\\\\"@x.de",""}\t[0:1]={max@x.de,b@x.de}\t{{Max@x.de},{b@x.de}}\t{Eva@x.de}\t{max@x.de}\t("Max, M",{max@x.de},1980-01-01)\t{"(Eva,\\\\"{a@x.de,b@x.de}\\\\",1990-05-05)",NULL}\t[10,20)\t{[1,3),[7,)}\t[2020-01-01,2020-01-02)\t["2020-01-01 10:00:00+00","2020-01-01 11:00:00+00")\t\\\\x6d617840782e6465\t{"by": {"Max@x.de": 1}}
      2\t{}\t\\N\t\\N\t\\N\t\\N\t(,,)\t{}\tempty\t{}\t(,)\t["2020-01-01 10:00:00+00",)\t\\\\xff00fe\t{}
      \\.
      """;

  private static final String POLICY =
      """
      version: 1
      masks:
        who: { mask: composite, fields: { name: email, mails: email, born: date-shift } }
      tables:
        public.account: { keep: [id], columns: { email: email, mail: email } }
        public.shape:
          keep: [id]
          columns:
            texts: email
            lengths: email
            citexts: email
            mails: email
            codes: email
            who: who
            all_who: who
            ints: { mask: noise, percent: 80 }
            many: { mask: noise, percent: 80 }
            span: date-shift
            times: { mask: date-shift, by: id }
            bytes: email
            doc: { mask: json, keys-of: { $.by: email }, keep: [$.by] }
      """;

  /** The numbers of rows for which each fact holds in the restored database, as decimal digits. */
  private static final String FACTS =
      """
      SELECT (SELECT count(*) FROM public.account a, public.shape s
              WHERE a.email = ANY (s.texts))
        + 10 * (SELECT count(*) FROM public.account a, public.shape s
           WHERE a.mail OPERATOR(heroku_ext.=) ANY (s.citexts)
             AND lower(a.email) = lower(a.mail::text))
        + 100 * (SELECT count(*) FROM public.account a, public.shape s
           WHERE lower(a.email) = s.lengths[0] AND lower(a.email) = s.codes[1]
             AND a.mail::text::bytea IS NOT NULL AND lower(a.email) = convert_from(s.bytes, 'UTF8'))
        + 1000 * (SELECT count(*) FROM public.account a, public.shape s
           WHERE lower(a.email) = (s.who).mails[1]::text)
        + 10000 * (SELECT count(*) FROM public.account a, public.shape s
           WHERE s.doc -> 'by' ? a.email)
        + 100000 * (SELECT count(*) FROM public.shape s
           WHERE upper(s.times) - lower(s.times) = interval '1 hour')
        + 1000000 * (SELECT count(*) FROM public.shape s
           WHERE octet_length(s.bytes) = 3 AND s.bytes <> '\\xff00fe')
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = PostgresVersion.class,
      names = {"V14", "V18"})
  void everyShapeIsRestoredAndStillJoins(PostgresVersion version) throws Exception {
    SmallDump dump = new SmallDump(folder);
    dump.run(DUMP, POLICY);
    Restore.intoPlainDatabase(version, dump.text(), FACTS, 1_111_112);
  }
}
