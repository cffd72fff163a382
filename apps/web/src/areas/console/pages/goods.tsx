import { routes } from '@wennuan/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { useList, useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  ButtonAnchor,
  EmptyState,
  Listed,
  Money,
  Page,
  quantityWords,
  Select,
  State,
} from '../../../shared/ui/index.ts';
import type { StockItem } from '../parts/goods-codes.ts';
import { ItemForm, ReceiveForm } from '../parts/goods-forms.tsx';
import { PackForm, PlaceForm } from '../parts/place-forms.tsx';
import { ThingPicture } from '../parts/thing-picture.tsx';
import { usePhone } from '../parts/width.ts';

const forms = ['receive', 'addItem', 'pack', 'addPlace'] as const;
type FormName = (typeof forms)[number];
/** On a telephone; a store of sixty things would be ten thousand pixels long. */
const THINGS_AT_ONCE = 12;

/** What is where: a card a thing with its picture, how many lie at each place, and what expires soon. */
export function GoodsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const { place } = useSearch({ from: '/desk/goods' });
  const [form, setForm] = useState<FormName | null>(null);
  const stock = useList(routes.goods.stock, { query: { placeId: place } });
  const phone = usePhone();
  const close = () => setForm(null);
  return (
    <Page
      title={t('goods.title')}
      lead={t('goods.lead')}
      width="wide"
      aside={
        <ButtonAnchor href={addressOf(routes.goods.stockSheet)} download>
          {t('goods.sheet')}
        </ButtonAnchor>
      }
    >
      {holds(session, 'goods.write') && (
        <div className="row">
          {forms.map((one) => (
            <Button
              key={one}
              kind={one === 'receive' ? 'primary' : 'secondary'}
              expanded={form === one}
              onPress={() => setForm(form === one ? null : one)}
            >
              {t(`goods.${one}`)}
            </Button>
          ))}
        </div>
      )}
      {form === 'receive' && <ReceiveForm onDone={close} />}
      {form === 'addItem' && <ItemForm onDone={close} />}
      {form === 'pack' && <PackForm onDone={close} />}
      {form === 'addPlace' && <PlaceForm onDone={close} />}
      <PlaceFilter value={place ?? ''} />
      <Listed
        key={`${place} ${phone}`}
        list={stock}
        atOnce={phone ? THINGS_AT_ONCE : undefined}
        empty={
          <EmptyState title={t('goods.emptyTitle')}>
            <p>{t('goods.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(things) => (
          <ul className="thing-grid">
            {things.map((one) => (
              <Thing key={one.item.id} thing={one} />
            ))}
          </ul>
        )}
      </Listed>
    </Page>
  );
}

function PlaceFilter({ value }: { value: string }) {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  const places = useRoute(routes.goods.places).data?.items ?? [];
  return (
    <div className="filters">
      <Select
        name="place"
        label={t('goods.place')}
        placeholder={t('goods.everywhere')}
        value={value}
        onChange={(place) =>
          void navigate({
            to: '/desk/goods',
            search: place ? { place } : {},
            replace: true,
          })
        }
        options={places.map((place) => ({ value: place.id, label: place.name }))}
      />
    </div>
  );
}

function Thing({ thing }: { thing: StockItem }) {
  const { t, i18n } = useTranslation('console');
  const { item } = thing;
  return (
    <li className="thing">
      <div className="thing-head">
        <ThingPicture item={item} />
        <div>
          <h2>
            <Link to="/desk/goods/items/$itemId" params={{ itemId: item.id }}>
              {item.name}
            </Link>
          </h2>
          <p className="thing-total number">
            {quantityWords(thing.quantity, item.unit, i18n.language)}
          </p>
          <p className="soft small">
            {t('goods.value')} <Money fen={thing.valueFen} />
          </p>
        </div>
      </div>
      <p className="thing-notes">
        {item.kind === 'kit' && <State>{t('goods.kit')}</State>}
        {item.imported && <State>{t('goods.imported')}</State>}
        {thing.expiringSoon > 0 && (
          <State tone="warned">
            {t('goods.soon', { count: thing.expiringSoon, unit: item.unit })}
          </State>
        )}
        {thing.onTheWay > 0 && (
          <State tone="running">
            {t('goods.onTheWay', { count: thing.onTheWay, unit: item.unit })}
          </State>
        )}
      </p>
      <WhereIs thing={thing} />
    </li>
  );
}

/** How much lies at each place; on a telephone behind a tap, so that a list of sixty things stays a list. */
function WhereIs({ thing: { item, lines } }: { thing: StockItem }) {
  const { t, i18n } = useTranslation('console');
  const phone = usePhone();
  const byPlace = Map.groupBy(lines, (line) => line.placeName);
  const words = (count: number) => quantityWords(count, item.unit, i18n.language);
  if (byPlace.size === 0) return null;
  const bars = (
    <Bars
      label={t('goods.whereIs', { name: item.name })}
      headings={[t('goods.placeColumn'), t('goods.quantity')]}
      bars={[...byPlace].map(([place, here]) => {
        const count = here.reduce((sum, line) => sum + line.quantity, 0);
        return { key: place, label: place, value: count, words: words(count), tone: 'calm' };
      })}
    />
  );
  if (!phone) return bars;
  return (
    <details>
      <summary>{t('goods.atPlaces', { count: byPlace.size })}</summary>
      {bars}
    </details>
  );
}
