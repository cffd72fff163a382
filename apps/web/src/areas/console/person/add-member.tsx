import { relations, routes } from '@wennuan/contract';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField, Form, say, Select } from '../../../shared/ui/index.ts';
import { useChecks } from '../parts/checks.ts';
import type { PersonFile } from '../parts/codes.ts';
import { today } from '../parts/instants.ts';
import { type PickedPerson, PersonPicker } from '../parts/person-picker.tsx';
import { useSend } from '../parts/send.ts';
import { oneOf } from '../routes.root.tsx';

/** A relation in words, or as the roster writes it. */
export function relationWords(t: TFunction<'console'>, relation: string): string {
  const known = oneOf(relations, relation);
  return known ? t(`person.relations.${known}`) : relation;
}

/** Finds a member and says how she is related to the head. */
export function AddMember({ household }: { household: PersonFile['households'][number] }) {
  const { t } = useTranslation('console');
  const [person, setPerson] = useState<PickedPerson | null>(null);
  const [relation, setRelation] = useState<(typeof relations)[number]>('child');
  const [since, setSince] = useState('');
  const add = useSend(routes.file.addMember);
  const checks = useChecks();
  function send() {
    if (!checks.pass({ personId: person === null && t('person.memberFind') }) || !person) return;
    const body = {
      personId: person.id,
      relation,
      since: since || null,
      version: household.version,
    };
    add.run({ params: { householdId: household.id }, body }, () => {
      setPerson(null);
      say(t('person.memberDone'));
    });
  }
  return (
    <details>
      <summary className="button button-secondary">{t('person.memberAdd')}</summary>
      <PersonPicker value={person} onChange={setPerson} error={checks.errors.personId} />
      {person && (
        <Form scope="member" onSend={send} call={add} send={t('person.memberSend')}>
          <div className="field-row">
            <Select
              name="relation"
              label={t('person.memberRelation')}
              value={relation}
              onChange={(picked) => setRelation(oneOf(relations, picked) ?? 'other')}
              options={relations.map((one) => ({
                value: one,
                label: t(`person.relations.${one}`),
              }))}
            />
            <DateField
              name="since"
              optional
              label={t('person.memberSince')}
              max={today()}
              value={since}
              onChange={setSince}
            />
          </div>
        </Form>
      )}
    </details>
  );
}
