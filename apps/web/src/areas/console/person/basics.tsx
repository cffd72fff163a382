import { useTranslation } from 'react-i18next';
import { holds, useSession } from '../../../shared/session/session.ts';
import { ButtonLink, DateText, Facts, Notice } from '../../../shared/ui/index.ts';
import type { PersonFile } from '../parts/codes.ts';
import { MaskedField } from '../parts/masked-field.tsx';
import { MoveForm } from './move-form.tsx';
import { useSourceWords } from './source-words.ts';
import { SummaryButton } from './summary.tsx';

const identityFields = ['name', 'birth_date', 'telephone', 'id_number', 'address'] as const;
type IdentityField = (typeof identityFields)[number];

/** Who she is, masked; where she is registered and where she lives; what can be done next. */
export function Basics({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const masked = (field: IdentityField) =>
    [
      t(`codes.sensitive.${field}`),
      <MaskedField personId={file.id} field={field} masked={maskedOf(file, field)} />,
    ] as const;
  const registered = file.registered
    .map(({ code, name }) => name ?? t('person.registeredUnknown', { code }))
    .join(' / ');
  return (
    <section className="panel">
      <h2>{t('file.basics')}</h2>
      <Facts
        rows={[
          masked('name'),
          [t('file.gender'), t(`codes.gender.${file.gender}`)],
          ...identityFields.slice(1).map(masked),
          [t('person.living'), file.area.name],
          ...(registered ? [[t('person.registered'), registered] as const] : []),
        ]}
      />
      <Claims file={file} />
      <p className="row">
        {holds(session, 'need.file') && file.scope === 'whole' && (
          <ButtonLink kind="primary" to="/desk/needs/new" search={{ personId: file.id }}>
            {t('file.register')}
          </ButtonLink>
        )}
        <SummaryButton file={file} />
      </p>
      {file.scope === 'whole' && <Moves file={file} />}
    </section>
  );
}

function maskedOf(file: PersonFile, field: IdentityField): string | null {
  return {
    name: file.maskedName,
    telephone: file.masked.telephone,
    id_number: file.masked.idNumber,
    address: file.masked.address,
    birth_date: file.masked.birthDate,
  }[field];
}

/** What sources write differently of who she is, side by side. */
function Claims({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  const sourceWords = useSourceWords();
  if (file.claims.length === 0) return null;
  return (
    <Notice tone="warned" title={t('person.claims')}>
      <p className="small">{t('person.claimsLead')}</p>
      <Facts
        rows={file.claims.map((claim) => [
          t(`codes.sensitive.${claim.field}`),
          <ul className="sayings">
            {claim.values.map((said, place) => (
              <li key={place}>
                <span>{said.masked}</span>{' '}
                <span className="soft small">{said.sources.map(sourceWords).join('；')}</span>
              </li>
            ))}
          </ul>,
        ])}
      />
    </Notice>
  );
}

function Moves({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const open = file.moves.find((move) => move.state === 'proposed');
  return (
    <details className="plain-details">
      <summary>
        {t('relocation.title')}
        {open && ` · ${t('relocation.waiting', { to: open.to })}`}
      </summary>
      {file.moves.length === 0 && <p className="soft">{t('relocation.empty')}</p>}
      <ul className="list">
        {file.moves.map((move) => (
          <li key={move.id}>
            <span>
              {t('relocation.row', move)} · {t(`relocation.states.${move.state}`)}
            </span>
            <span className="soft small">
              {move.byName} · <DateText at={move.proposedAt} withTime={false} />
              {move.note && ` · ${move.note}`}
            </span>
          </li>
        ))}
      </ul>
      {open?.may.includes('withdraw') && (
        <p>
          <ButtonLink to="/desk/moves/$moveId" params={{ moveId: open.id }}>
            {t('relocation.withdraw')}
          </ButtonLink>
        </p>
      )}
      {!open && holds(session, 'person.write') && <MoveForm personId={file.id} />}
    </details>
  );
}
