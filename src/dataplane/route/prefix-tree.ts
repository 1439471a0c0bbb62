export interface PrefixNode<T> {
  /** Length of the prefix that leads here. */
  readonly depth: number;
  /** Present when exactly this prefix was put into the tree. */
  value: T | undefined;
  /** By the first character of what follows. */
  readonly children: Map<number, { label: string; node: PrefixNode<T> }>;
}

/**
 * A radix tree of prefixes. All prefixes of a text are met by one walk along the text, whatever
 * the number of prefixes:
 *
 *     for (let node = tree.root; node !== undefined; node = tree.step(node, text)) use(node.value);
 */
export class PrefixTree<T> {
  readonly root: PrefixNode<T> = makeNode(0);

  /** The node one step further along `text`, if the tree goes on there. */
  step(node: PrefixNode<T>, text: string): PrefixNode<T> | undefined {
    // Behind the end the code is NaN, under which there is never a child.
    const child = node.children.get(text.charCodeAt(node.depth));
    return child !== undefined && text.startsWith(child.label, node.depth) ? child.node : undefined;
  }

  /** The node of exactly this prefix, made when it is missing. */
  at(prefix: string): PrefixNode<T> {
    let node = this.root;
    while (node.depth < prefix.length) {
      const code = prefix.charCodeAt(node.depth);
      const child = node.children.get(code);
      if (child === undefined) {
        const leaf = makeNode<T>(prefix.length);
        node.children.set(code, { label: prefix.slice(node.depth), node: leaf });
        return leaf;
      }
      const shared = sharedLength(child.label, prefix, node.depth);
      if (shared < child.label.length) {
        const middle = makeNode<T>(node.depth + shared);
        const rest = child.label.slice(shared);
        middle.children.set(rest.charCodeAt(0), { label: rest, node: child.node });
        node.children.set(code, { label: child.label.slice(0, shared), node: middle });
        node = middle;
      } else {
        node = child.node;
      }
    }
    return node;
  }
}

function makeNode<T>(depth: number): PrefixNode<T> {
  return { depth, value: undefined, children: new Map() };
}

/** How many characters of `label` are in `text` from `position` on. */
function sharedLength(label: string, text: string, position: number): number {
  let length = 0;
  while (length < label.length && label[length] === text[position + length]) length += 1;
  return length;
}
