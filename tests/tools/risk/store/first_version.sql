BEGIN TRANSACTION;
CREATE TABLE review_answers (
	review_id VARCHAR(64) NOT NULL, 
	question VARCHAR(64) NOT NULL, 
	person VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	withdrawn BOOLEAN NOT NULL, 
	value JSON, 
	maturity INTEGER, 
	evidence TEXT NOT NULL, 
	comment TEXT NOT NULL, 
	unknown BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	author VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_review_answers PRIMARY KEY (review_id, question, person), 
	CONSTRAINT fk_review_answers_review_id FOREIGN KEY(review_id) REFERENCES review_reviews (id) ON DELETE CASCADE
);
INSERT INTO "review_answers" VALUES('af75d6834819538e24fdf9923cd18154','1.1','b034b4f9fbad',1,0,'"Pumps & <valves>"',2,'list','',0,'2026-11-23 00:41:43.644439','Ana','b034b4f9fbad');
INSERT INTO "review_answers" VALUES('af75d6834819538e24fdf9923cd18154','1.2','',1,0,NULL,NULL,'','',1,'2026-11-23 00:41:43.660862','Bo','4f0bb67dd6bd');
CREATE TABLE review_changes (
	review_id VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	what TEXT NOT NULL, 
	"before" JSON, 
	"after" JSON, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	author VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_review_changes PRIMARY KEY (review_id, number), 
	CONSTRAINT fk_review_changes_review_id FOREIGN KEY(review_id) REFERENCES review_reviews (id) ON DELETE CASCADE
);
INSERT INTO "review_changes" VALUES('af75d6834819538e24fdf9923cd18154',1,'review',NULL,'{"title":"Kept since the first version"}','2026-11-23 00:41:43.522022','Ana','b034b4f9fbad');
INSERT INTO "review_changes" VALUES('af75d6834819538e24fdf9923cd18154',2,'participant 4f0bb67dd6bd',NULL,'{"name":"Bo","role":"member"}','2026-11-23 00:41:43.618913','Bo','4f0bb67dd6bd');
INSERT INTO "review_changes" VALUES('af75d6834819538e24fdf9923cd18154',3,'answer 1.1',NULL,'{"value":"Pumps & <valves>","maturity":2,"evidence":"list","comment":"","unknown":false,"person":"b034b4f9fbad"}','2026-11-23 00:41:43.644439','Ana','b034b4f9fbad');
INSERT INTO "review_changes" VALUES('af75d6834819538e24fdf9923cd18154',4,'answer 1.2',NULL,'{"value":null,"maturity":null,"evidence":"","comment":"","unknown":true,"person":""}','2026-11-23 00:41:43.660862','Bo','4f0bb67dd6bd');
INSERT INTO "review_changes" VALUES('af75d6834819538e24fdf9923cd18154',5,'node 67508d056677',NULL,'{"note":"","name":"Casting","kind":"part","category":"","critical":true,"margin_per_week":null,"share_affected":null,"ttr_weeks":12.0,"ttr_basis":null,"cover_weeks":null,"alternate_share":null,"switch_weeks":null,"sources":[{"supplier":"A","country":"DE","share":0.6,"spend":null,"capacity":null,"sub_tier":[]}],"used_in":{},"stock":null,"evidence":""}','2026-11-23 00:41:43.678699','Ana','b034b4f9fbad');
INSERT INTO "review_changes" VALUES('af75d6834819538e24fdf9923cd18154',6,'comment db48c59a31f1',NULL,'{"about":"1.1","text":"A remark"}','2026-11-23 00:41:43.704103','Bo','4f0bb67dd6bd');
CREATE TABLE review_checklists (
	review_id VARCHAR(64) NOT NULL, 
	content JSON NOT NULL, 
	CONSTRAINT pk_review_checklists PRIMARY KEY (review_id), 
	CONSTRAINT fk_review_checklists_review_id FOREIGN KEY(review_id) REFERENCES review_reviews (id) ON DELETE CASCADE
);
INSERT INTO "review_checklists" VALUES('af75d6834819538e24fdf9923cd18154','{"name":"Short","version":"1","scale_note":"","steps":[{"number":1,"name":"One","purpose":"To try","note":"","questions":[{"id":"1.1","ask":"Question 1.1?","kind":"text","short":"","why":"","evidence":"","anchors":["a","b","c","d"],"options":[],"scores":[],"unit":"","least":null,"most":null,"columns":[],"red_flag":null,"action":"","basis":"","terms":[],"only_if":null,"own":false},{"id":"1.2","ask":"Question 1.2?","kind":"number","short":"","why":"","evidence":"","anchors":["a","b","c","d"],"options":[],"scores":[],"unit":"weeks","least":null,"most":null,"columns":[],"red_flag":null,"action":"","basis":"","terms":[],"only_if":null,"own":false}]}],"next_own":1}');
CREATE TABLE review_comments (
	review_id VARCHAR(64) NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	position INTEGER NOT NULL, 
	about VARCHAR(64) NOT NULL, 
	text TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	author VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_review_comments PRIMARY KEY (review_id, id), 
	CONSTRAINT fk_review_comments_review_id FOREIGN KEY(review_id) REFERENCES review_reviews (id) ON DELETE CASCADE
);
INSERT INTO "review_comments" VALUES('af75d6834819538e24fdf9923cd18154','db48c59a31f1',0,'1.1','A remark','2026-11-23 00:41:43.704103','Bo','4f0bb67dd6bd');
CREATE TABLE review_items (
	review_id VARCHAR(64) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	content JSON NOT NULL, 
	at DATETIME NOT NULL, 
	"by" TEXT NOT NULL, 
	author VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_review_items PRIMARY KEY (review_id, kind, id), 
	CONSTRAINT fk_review_items_review_id FOREIGN KEY(review_id) REFERENCES review_reviews (id) ON DELETE CASCADE
);
INSERT INTO "review_items" VALUES('af75d6834819538e24fdf9923cd18154','node','67508d056677',0,1,'{"note":"","name":"Casting","kind":"part","category":"","critical":true,"margin_per_week":null,"share_affected":null,"ttr_weeks":12.0,"ttr_basis":null,"cover_weeks":null,"alternate_share":null,"switch_weeks":null,"sources":[{"supplier":"A","country":"DE","share":0.6,"spend":null,"capacity":null,"sub_tier":[]}],"used_in":{},"stock":null,"evidence":""}','2026-11-23 00:41:43.678699','Ana','b034b4f9fbad');
CREATE TABLE review_participants (
	review_id VARCHAR(64) NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	"key" VARCHAR(128), 
	name TEXT NOT NULL, 
	role VARCHAR(10) NOT NULL, 
	joined DATETIME NOT NULL, 
	position VARCHAR(64) NOT NULL, 
	skipped JSON NOT NULL, 
	CONSTRAINT pk_review_participants PRIMARY KEY (review_id, id), 
	CONSTRAINT uq_review_participants_review_id_key UNIQUE (review_id, "key"), 
	CONSTRAINT fk_review_participants_review_id FOREIGN KEY(review_id) REFERENCES review_reviews (id) ON DELETE CASCADE
);
INSERT INTO "review_participants" VALUES('af75d6834819538e24fdf9923cd18154','b034b4f9fbad','key of ana','Ana','lead','2026-11-23 00:41:43.522022','','[]');
INSERT INTO "review_participants" VALUES('af75d6834819538e24fdf9923cd18154','4f0bb67dd6bd','key of bo','Bo','member','2026-11-23 00:41:43.618913','1.2','["1.1"]');
CREATE TABLE review_reviews (
	id VARCHAR(64) NOT NULL, 
	title TEXT NOT NULL, 
	status VARCHAR(10) NOT NULL, 
	revision INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	created DATETIME NOT NULL, 
	updated DATETIME NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	checklist VARCHAR(64) NOT NULL, 
	scope JSON NOT NULL, 
	invitation VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_review_reviews PRIMARY KEY (id), 
	CONSTRAINT uq_review_reviews_invitation UNIQUE (invitation)
);
INSERT INTO "review_reviews" VALUES('af75d6834819538e24fdf9923cd18154','Kept since the first version','open',6,1,'2026-11-23 00:41:43.522022','2026-11-23 00:41:43.704103','','fdc828229ce1b593a782fc5c0530509f431bebd934ff79405a1a9863015accfb','{"product_lines":"","sites":"","period":"","currency":"EUR","loss_limit":null,"weekly_margin":null,"stockout_limit_days":null,"other_limits":"","concentration_limit":null,"country_limit":null}','VYN4e0ndt4oQ2ybSc9aKuoshYXcvaiRqRG0jGcNUN3o');
CREATE TABLE review_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT review_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "review_schema" VALUES('0001');
CREATE INDEX ix_review_participants_key ON review_participants ("key");
COMMIT;
