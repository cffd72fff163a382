import type { Line, Paid, Rung, TillData } from './basket.ts';

/** What was rung up and not confirmed yet by the server. */
export interface Entry {
  key: string;
  sale: Rung;
  /** The moment a code of a held voucher was for, so that it is not taken twice. */
  steps: string[];
}

/** A basket put aside. */
export interface Parked {
  id: string;
  at: string;
  lines: Line[];
  memberCode?: string | null;
}

/** What is being rung up right now, and what was taken for it: kept so that a crash forgets neither. */
export interface KeptBasket {
  /** Becomes the sale's key: a basket is one sale, however often it is sent. */
  id: string;
  lines: Line[];
  memberCode: string | null;
  paid: Paid[];
  steps: string[];
  /** A payment by code that was asked for and whose end is not known yet. */
  asking: { paymentId: string; amountFen: number } | null;
}

/** What the till keeps of the server: goods, prices, its reserve, and when it was told. */
export interface Snapshot {
  data: TillData;
  /** The server's clock less this device's, in milliseconds. */
  offsetMillis: number;
  toldAt: string;
  /** The same moment by this device's clock. */
  heardAt: string;
  /** Codes of held vouchers that were taken without network. */
  usedSteps: string[];
}

const NAME = 'wennuan-till';
const SNAPSHOT = 'snapshot';
const JOURNAL = 'journal';
const PARKED = 'parked';
const ONLY = 'till';
const BASKET = 'basket';

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(SNAPSHOT);
      request.result.createObjectStore(JOURNAL, { keyPath: 'key' });
      request.result.createObjectStore(PARKED, { keyPath: 'id' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no local store'));
  });
  return opened;
}

/** One transaction over the stores; done only when the disk has it. */
async function inStores<T>(
  mode: 'readonly' | 'readwrite',
  work: (store: (name: string) => IDBObjectStore) => IDBRequest<T> | null,
): Promise<T | undefined> {
  const database = await open();
  return await new Promise((resolve, reject) => {
    const transaction = database.transaction([SNAPSHOT, JOURNAL, PARKED], mode, {
      durability: 'strict',
    });
    const request = work((name) => transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = () => reject(transaction.error ?? new Error('not kept'));
    transaction.onabort = () => reject(transaction.error ?? new Error('not kept'));
  });
}

/** What the till knew when it was last told; null at first. */
export async function readSnapshot(): Promise<Snapshot | null> {
  const found = await inStores<Snapshot | undefined>('readonly', (store) =>
    store(SNAPSHOT).get(ONLY),
  );
  return found ?? null;
}

export async function keepSnapshot(snapshot: Snapshot): Promise<void> {
  await inStores('readwrite', (store) => store(SNAPSHOT).put(snapshot, ONLY));
}

/** The basket that was being rung up when the till was last open; null when none was. */
export async function readBasket(): Promise<KeptBasket | null> {
  const found = await inStores<KeptBasket | undefined>('readonly', (store) =>
    store(SNAPSHOT).get(BASKET),
  );
  return found ?? null;
}

export async function keepBasket(basket: KeptBasket): Promise<void> {
  await inStores('readwrite', (store) => store(SNAPSHOT).put(basket, BASKET));
}

/** Forgets the till of this device; refused by the caller while something waits to be sent. */
export async function forgetTill(): Promise<void> {
  await inStores('readwrite', (store) => store(SNAPSHOT).delete(ONLY));
}

/** What waits to be sent, in the order it was rung up (keys are made in order of time). */
export async function readJournal(): Promise<Entry[]> {
  return (await inStores<Entry[]>('readonly', (store) => store(JOURNAL).getAll())) ?? [];
}

/** Writes a sale down before anything else happens with it: after a crash it is still there, and no basket any more. */
export async function writeEntry(entry: Entry, snapshot: Snapshot): Promise<void> {
  await inStores('readwrite', (store) => {
    store(SNAPSHOT).put(snapshot, ONLY);
    store(SNAPSHOT).delete(BASKET);
    return store(JOURNAL).put(entry);
  });
}

/** Takes sales out of the journal and keeps what the till has left without them, in one step. */
export async function settleEntries(keys: readonly string[], snapshot: Snapshot): Promise<void> {
  await inStores('readwrite', (store) => {
    for (const key of keys) store(JOURNAL).delete(key);
    return store(SNAPSHOT).put(snapshot, ONLY);
  });
}

export async function readParked(): Promise<Parked[]> {
  return (await inStores<Parked[]>('readonly', (store) => store(PARKED).getAll())) ?? [];
}

export async function park(parked: Parked): Promise<void> {
  await inStores('readwrite', (store) => store(PARKED).put(parked));
}

export async function unpark(id: string): Promise<void> {
  await inStores('readwrite', (store) => store(PARKED).delete(id));
}
