-- Areas are two of the seven rows that everybody has, and few policies ask for them: in an index of their own they are not
-- read where nobody asks. Both parts have everything an evaluation reads, in the order of people, in the words of the policy
-- library (FACT_TABLES). Whoever wants all of one person's rows looks them up.
drop index person_fact_by_person;
create index person_fact_by_person on person_fact (person_id);
create index person_fact_told on person_fact (person_id) include (field, value, since, until) where (field < 5 or field > 6);
create index person_fact_areas on person_fact (person_id) include (field, value, since, until) where (field >= 5 and field <= 6);
