--# policy '"a.b c"."Ta""ble; DROP"': {keep: ['id', 'x"y', 'Größe', '列', "new\nline", '\!']}
--# policy 'public."таблица"': {keep: ['имя']}
CREATE SCHEMA "a.b c";
CREATE TABLE "a.b c"."Ta""ble; DROP" (id integer NOT NULL, "x""y" text, "Größe" text, "列" text, "new
line" text, "\!" text);
CREATE TABLE public."таблица" ("имя" text);
CREATE VIEW "a.b c"."V""iew" AS SELECT "Ta""ble; DROP"."new
line" FROM "a.b c"."Ta""ble; DROP";
COPY "a.b c"."Ta""ble; DROP" (id, "x""y", "Größe", "列", "new
line", "\!") FROM stdin;
1	a	ß	水	n	e
\.
COPY public."таблица" ("имя") FROM stdin;
Анна
\.
ALTER TABLE ONLY "a.b c"."Ta""ble; DROP" ADD CONSTRAINT "Ta""ble; DROP_pkey" PRIMARY KEY (id);
CREATE INDEX "i.""x" ON "a.b c"."Ta""ble; DROP" USING btree ("x""y", "列");
