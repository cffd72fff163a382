import { routes } from '@wennuan/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteWhen } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Button, EmptyState, Loaded, Page, State, TextField } from '../../../shared/ui/index.ts';
import type { PersonRow } from '../parts/codes.ts';
import { PersonForm } from '../parts/person-form.tsx';

/** Finds a resident by whole name or number, or opens her file. */
export function PersonsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const navigate = useNavigate();
  const { text: asked = '' } = useSearch({ from: '/desk/persons' });
  const [text, setText] = useState(asked);
  const [creating, setCreating] = useState(false);
  const found = useRouteWhen(asked !== '', routes.resident.findPersons, {
    query: { text: asked, limit: 50 },
  });
  return (
    <Page title={t('persons.title')} lead={t('persons.lead')}>
      <form
        className="search-row"
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ to: '/desk/persons', search: { text: text.trim() || undefined } });
        }}
      >
        <TextField
          name="text"
          type="search"
          label={t('persons.find')}
          hint={t('persons.findHint')}
          value={text}
          onChange={setText}
        />
        <Button type="submit" kind="primary">
          {t('persons.search')}
        </Button>
        {holds(session, 'person.write') && (
          <Button expanded={creating} onPress={() => setCreating(!creating)}>
            {t('persons.create')}
          </Button>
        )}
      </form>
      {creating && (
        <section className="panel">
          <PersonForm
            send={t('create.send')}
            onCancel={() => setCreating(false)}
            onDone={({ id }) =>
              void navigate({ to: '/desk/persons/$personId', params: { personId: id } })
            }
          />
        </section>
      )}
      {asked === '' ? (
        !creating && (
          <EmptyState title={t('persons.begin')}>
            <p>{t('persons.beginBody')}</p>
          </EmptyState>
        )
      ) : (
        <Loaded query={found}>
          {({ items, isCut }) => (
            <>
              {isCut && <p role="status">{t('persons.cut')}</p>}
              <Found items={items} />
            </>
          )}
        </Loaded>
      )}
    </Page>
  );
}

function Found({ items }: { items: readonly PersonRow[] }) {
  const { t } = useTranslation('console');
  if (items.length === 0)
    return (
      <EmptyState title={t('persons.emptyTitle')}>
        <p>{t('persons.emptyBody')}</p>
      </EmptyState>
    );
  return (
    <ul className="tasks" aria-label={t('persons.list')}>
      {items.map((person) => (
        <li key={person.id} className="task">
          <span className="task-what">
            <Link
              className="task-title"
              to="/desk/persons/$personId"
              params={{ personId: person.id }}
            >
              {person.maskedName}
            </Link>
            <span className="soft small">
              {person.area.name}
              {person.bornYear !== null &&
                ` · ${t('need.fresh.bornYear', { year: person.bornYear })}`}
            </span>
          </span>
          <State tone={person.hasAccount ? 'done' : 'quiet'}>
            {t(person.hasAccount ? 'persons.bound' : 'persons.notBound')}
          </State>
        </li>
      ))}
    </ul>
  );
}
