-- The masks of the demo's policy as UPDATEs, as teams run them today after they restore a production dump on staging.
\set ON_ERROR_STOP on
BEGIN;
UPDATE public."user" SET
  email = 'u' || md5(email) || '@staging.example',
  first_name = 'First', last_name = 'Last' || (id % 1000), full_name = 'First Last',
  phone = '+49' || translate(substr(phone, 4), '0123456789', '7391826450'),
  birth_date = birth_date + (hashtext(birth_date::text) % 180),
  hashed_password = '$2b$10$abcdefghijklmnopqrstuuJ0P5q7jyRrJ0P5q7jyRrJ0P5q7jyRr',
  profile = profile || jsonb_build_object('email', 'u' || md5(email) || '@staging.example', 'nickname', md5(profile->>'nickname'));
UPDATE public.address SET street = 'Street ' || (id % 500), postcode = lpad((hashtext(postcode) & 65535)::text, 5, '0'), city = 'City ' || (id % 100);
UPDATE public."order" SET note = repeat('x', length(note)) WHERE note IS NOT NULL;
UPDATE public.payment SET holder = 'Holder ' || (id % 1000), account = left(account, 2) || md5(account);
UPDATE public.support_message SET subject = repeat('x', length(subject)), body = repeat('lorem ', length(body) / 6);
UPDATE public.attachment SET content = '\x89504e470d0a1a0a';
UPDATE public.audit_log SET actor = 'u' || md5(actor) || '@staging.example', ip = set_masklen(ip, 32),
  detail = detail || jsonb_build_object('email', 'u' || md5(detail->>'email') || '@staging.example', 'agent', md5(detail->>'agent'));
UPDATE public.newsletter_subscriber SET name = 'Reader', email = 'reader' || id || '@staging.example';
TRUNCATE public.session;
UPDATE public.external_system_integration SET push_products = false, push_service_base_url = NULL, push_service_api_key = NULL;
COMMIT;
