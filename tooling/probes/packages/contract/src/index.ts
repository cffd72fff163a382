// What is tested depends on its test.
export { contract } from './contract.test.ts';
