import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import { holds } from '../../../shared/session/session.ts';
import { Button, Card, EmptyState, Form, Loaded, TextField } from '../../../shared/ui/index.ts';
import { tillStore } from '../till/store.ts';
import { SupervisorCode } from './supervise.tsx';

/** Which till this device is: an existing one, or a new one. */
export function ChooseTill() {
  const { t } = useTranslation('counter');
  return (
    <SessionGate signIn="/desk/sign-in">
      {(session) => (
        <>
          {holds(session, 'till.act') ? <Places /> : <p>{t('choose.notPermitted')}</p>}
          <SupervisorCode />
        </>
      )}
    </SessionGate>
  );
}

function Places() {
  const { t } = useTranslation('counter');
  const query = useRoute(routes.counter.places);
  return (
    <>
      <h2>{t('choose.title')}</h2>
      <p>{t('choose.lead')}</p>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('choose.none')}>
              <p>{t('choose.noneBody')}</p>
            </EmptyState>
          ) : (
            items.map((place) => (
              <Card key={place.id} as="section">
                <h3>{place.name}</h3>
                <div className="row">
                  {place.tills.map((till) => (
                    <Button
                      key={till.id}
                      kind="primary"
                      label={`${place.name} ${till.name}`}
                      onPress={() => void tillStore.choose(till.id)}
                    >
                      {till.name}
                    </Button>
                  ))}
                </div>
                <NewTill placeId={place.id} />
              </Card>
            ))
          )
        }
      </Loaded>
    </>
  );
}

function NewTill({ placeId }: { placeId: string }) {
  const { t } = useTranslation('counter');
  const [name, setName] = useState('');
  const add = useCall(routes.counter.addTill);
  const send = async () => {
    const till = await add.send({ body: { placeId, name } }).catch(() => null);
    if (till) await tillStore.choose(till.id);
  };
  return (
    <details>
      <summary>{t('choose.add')}</summary>
      <Form onSend={() => void send()} call={add} scope={placeId}>
        <TextField
          name="name"
          label={t('choose.name')}
          hint={t('choose.nameHint')}
          value={name}
          onChange={setName}
          short
        />
        <Button type="submit" busy={add.busy}>
          {t('choose.addDo')}
        </Button>
      </Form>
    </details>
  );
}
