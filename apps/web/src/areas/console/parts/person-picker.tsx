import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteWhen } from '../../../shared/api/query.ts';
import { Button, Loaded, TextField } from '../../../shared/ui/index.ts';
import type { PersonRow } from './codes.ts';
import { PersonForm } from './person-form.tsx';

export type PickedPerson = Pick<PersonRow, 'id' | 'maskedName' | 'bornYear' | 'area'>;

interface PersonPickerProps {
  value: PickedPerson | null;
  onChange: (person: PickedPerson | null) => void;
  error?: string;
}

/** Finds a resident by whole name or number, or opens her file; a form inside another is avoided. */
export function PersonPicker({ value, onChange, error }: PersonPickerProps) {
  const { t } = useTranslation('console');
  const [creating, setCreating] = useState(false);
  if (value)
    return (
      <p className="picked row-between">
        <span>
          <strong>{value.maskedName}</strong> <PersonDetail person={value} />
        </span>
        <Button kind="quiet" onPress={() => onChange(null)}>
          {t('need.fresh.change')}
        </Button>
      </p>
    );
  if (creating)
    return (
      <div className="panel">
        <PersonForm
          send={t('need.fresh.createSend')}
          onDone={(person) => {
            setCreating(false);
            onChange(person);
          }}
          onCancel={() => setCreating(false)}
        />
      </div>
    );
  return <PersonSearch error={error} onChoose={onChange} onCreate={() => setCreating(true)} />;
}

function PersonDetail({ person }: { person: PickedPerson }) {
  const { t } = useTranslation('console');
  return (
    <span className="soft">
      {person.area.name}
      {person.bornYear !== null && ` · ${t('need.fresh.bornYear', { year: person.bornYear })}`}
    </span>
  );
}

interface PersonSearchProps {
  error?: string;
  onChoose: (person: PersonRow) => void;
  onCreate: () => void;
}

function PersonSearch({ error, onChoose, onCreate }: PersonSearchProps) {
  const { t } = useTranslation('console');
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const found = useRouteWhen(asked !== '', routes.resident.findPersons, {
    query: { text: asked, limit: 20 },
  });
  return (
    <div className="stack-tight">
      <form
        className="search-row"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          setAsked(text.trim());
        }}
      >
        <TextField
          name="acting.personId"
          type="search"
          label={t('need.fresh.find')}
          hint={t('need.fresh.findHint')}
          error={error}
          value={text}
          onChange={setText}
        />
        <Button type="submit">{t('need.fresh.search')}</Button>
      </form>
      {asked !== '' && (
        <Loaded query={found} lines={2}>
          {({ items }) => (
            <div role="status" className="stack-tight">
              <p>
                {items.length > 0
                  ? t('need.fresh.found', { count: items.length })
                  : t('need.fresh.notFound')}
              </p>
              <ul className="list">
                {items.map((person) => (
                  <li key={person.id}>
                    <span>
                      <strong>{person.maskedName}</strong> <PersonDetail person={person} />
                    </span>
                    <Button
                      label={t('need.fresh.chooseLabel', { name: person.maskedName })}
                      onPress={() => onChoose(person)}
                    >
                      {t('need.fresh.choose')}
                    </Button>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </Loaded>
      )}
      <p>
        <Button onPress={onCreate}>{t('need.fresh.create')}</Button>
      </p>
    </div>
  );
}
