import type pg from 'pg';

/**
 * People made one by one, with a key and everything sealed and hashed; each further person is a twin of one of them: the same
 * name, sealed cells and words of the address, under an id, a place, an ID number, facts and a household of her own. A million
 * files are as large and as full as if all were made one by one, in a tenth of the time.
 */
export const SEALED_AT_MOST = 100_000;

/** What `copyTwins` needs beside the tables: who is whose twin, and terms that only one person has. */
export async function makeTwinTables(owner: pg.Client): Promise<void> {
  await owner.query(
    `create temp table twin (id uuid not null, model uuid not null, area_id int not null, turn int not null);
    create temp table own_term (term bigint not null)`,
  );
}

/** Writes keys, persons and terms of the noted twins. Before the indexes of terms come back. */
export async function copyTwins(owner: pg.Client): Promise<void> {
  await owner.query('set work_mem = 262144; analyze twin; analyze own_term; analyze person_term');
  const statements = [
    `insert into data_key (owner, wrapped)
    select twin.id, model.wrapped from twin join data_key model on model.owner = twin.model order by 1`,
    `insert into person (id, area_id, gender, born_year, name_sealed, telephone_sealed, id_number_sealed, address_sealed,
      birth_date_sealed, department_ids, created_at)
    select twin.id, twin.area_id, gender, born_year, name_sealed, telephone_sealed, id_number_sealed, address_sealed,
      birth_date_sealed, department_ids, created_at
    from twin join person model on model.id = twin.model order by 1`,
    // Another number for what is hers alone: as far from the others as a hash.
    `insert into person_term (term, area_id, person_id)
    select case when own.term is null then model.term else hashint8extended(model.term, twin.turn) end, twin.area_id, twin.id
    from twin join person_term model on model.person_id = twin.model
    left join (select distinct term from own_term) own on own.term = model.term`,
    `insert into department_term (term, department_id, person_id)
    select case when own.term is null then model.term else hashint8extended(model.term, twin.turn) end,
      model.department_id, twin.id
    from twin join department_term model on model.person_id = twin.model
    left join (select distinct term from own_term) own on own.term = model.term`,
  ];
  for (const statement of statements) await owner.query(statement);
  await owner.query('drop table twin, own_term; reset work_mem');
}
