// Where this browser's people said "I have already done it": the contract takes it once, and its
// answers don't say from whom. Forgotten elsewhere, where the chain's refusal says it in words.
const KEY = "muster.already-did";

function all(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

const name = (contract: string, action: number, address: string): string => `${contract}/${action}/${address}`;

export const alreadySaid = (contract: string, action: number, address: string): boolean =>
  all().includes(name(contract, action, address));

export function rememberSaid(contract: string, action: number, address: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([...new Set([...all(), name(contract, action, address)])]));
  } catch {
    // No storage: then the chain says it.
  }
}
