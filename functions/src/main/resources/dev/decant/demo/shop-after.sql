--
-- Name: address address_pkey; Type: CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.address
    ADD CONSTRAINT address_pkey PRIMARY KEY (id);


--
-- Name: attachment attachment_pkey; Type: CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (id);


--
-- Name: audit_log audit_log_pkey; Type: CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);


--
-- Name: external_system_integration external_system_integration_pkey; Type: CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.external_system_integration
    ADD CONSTRAINT external_system_integration_pkey PRIMARY KEY (id);


--
-- Name: newsletter_subscriber newsletter_subscriber_email_key; Type: CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.newsletter_subscriber
    ADD CONSTRAINT newsletter_subscriber_email_key UNIQUE (email);


--
-- Name: newsletter_subscriber newsletter_subscriber_pkey; Type: CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.newsletter_subscriber
    ADD CONSTRAINT newsletter_subscriber_pkey PRIMARY KEY (id);


--
-- Name: order order_pkey; Type: CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public."order"
    ADD CONSTRAINT order_pkey PRIMARY KEY (id);


--
-- Name: payment payment_pkey; Type: CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_pkey PRIMARY KEY (id);


--
-- Name: session session_pkey; Type: CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (session_key);


--
-- Name: support_message support_message_pkey; Type: CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.support_message
    ADD CONSTRAINT support_message_pkey PRIMARY KEY (id);


--
-- Name: user user_pkey; Type: CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public."user"
    ADD CONSTRAINT user_pkey PRIMARY KEY (id);


--
-- Name: address_user_id_idx; Type: INDEX; Schema: public; Owner: shop
--

CREATE INDEX address_user_id_idx ON public.address USING btree (user_id);


--
-- Name: audit_log_at_idx; Type: INDEX; Schema: public; Owner: shop
--

CREATE INDEX audit_log_at_idx ON public.audit_log USING btree (at);


--
-- Name: audit_log_actor_idx; Type: INDEX; Schema: public; Owner: shop
--

CREATE INDEX audit_log_actor_idx ON public.audit_log USING btree (actor);


--
-- Name: order_placed_at_idx; Type: INDEX; Schema: public; Owner: shop
--

CREATE INDEX order_placed_at_idx ON public."order" USING btree (placed_at);


--
-- Name: order_user_id_idx; Type: INDEX; Schema: public; Owner: shop
--

CREATE INDEX order_user_id_idx ON public."order" USING btree (user_id);


--
-- Name: payment_order_id_idx; Type: INDEX; Schema: public; Owner: shop
--

CREATE INDEX payment_order_id_idx ON public.payment USING btree (order_id);


--
-- Name: support_message_user_id_idx; Type: INDEX; Schema: public; Owner: shop
--

CREATE INDEX support_message_user_id_idx ON public.support_message USING btree (user_id);


--
-- Name: user_email_key; Type: INDEX; Schema: public; Owner: shop
--

CREATE UNIQUE INDEX user_email_key ON public."user" USING btree (lower((email)::text));


--
-- Name: user_last_name_idx; Type: INDEX; Schema: public; Owner: shop
--

CREATE INDEX user_last_name_idx ON public."user" USING btree (last_name);


--
-- Name: user user_touch; Type: TRIGGER; Schema: public; Owner: shop
--

CREATE TRIGGER user_touch BEFORE UPDATE ON public."user" FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: address address_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.address
    ADD CONSTRAINT address_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;


--
-- Name: attachment attachment_owner_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public."user"(id);


--
-- Name: order order_address_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public."order"
    ADD CONSTRAINT order_address_id_fkey FOREIGN KEY (address_id) REFERENCES public.address(id);


--
-- Name: order order_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public."order"
    ADD CONSTRAINT order_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id);


--
-- Name: payment payment_order_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.payment
    ADD CONSTRAINT payment_order_id_fkey FOREIGN KEY (order_id) REFERENCES public."order"(id);


--
-- Name: support_message support_message_order_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.support_message
    ADD CONSTRAINT support_message_order_id_fkey FOREIGN KEY (order_id) REFERENCES public."order"(id);


--
-- Name: support_message support_message_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: shop
--

ALTER TABLE ONLY public.support_message
    ADD CONSTRAINT support_message_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id);


--
-- PostgreSQL database dump complete
--

