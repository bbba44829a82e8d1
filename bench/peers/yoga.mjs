// The peer: graphql-yoga with plain resolvers over objects in memory; no database at all.
// Environment: DATA (a JSON file of nodes, written by ../peers_http.py), PORT.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createSchema, createYoga } from "graphql-yoga";

const { DATA, PORT } = process.env;
const byId = new Map(JSON.parse(readFileSync(DATA, "utf8")).map((node) => [node.id, node]));
const byCode = [...byId.values()]
  .filter((node) => node.class === "Work")
  .sort((one, other) => (one.code < other.code ? -1 : 1));

// The part of kaigraph's schema that the operations of ../operations.py ask for: both serve the same text.
const typeDefs = /* GraphQL */ `
  enum Direction { ASC DESC }
  input WorkOrder { code: Direction }
  interface Node { id: ID! label: String }
  type Work implements Node {
    id: ID! label: String code: String title: String size: Int price: String made: String rating: Float state: String
    maker: Maker parts(first: Int = 50): Parts! tags(first: Int = 50): Tags!
  }
  type Maker implements Node { id: ID! label: String code: String founded: String place: Place }
  type Place implements Node { id: ID! label: String region: Region }
  type Region implements Node { id: ID! label: String }
  type Part implements Node { id: ID! label: String code: String weight: String }
  type Tag implements Node { id: ID! label: String }
  type Works { nodes: [Work!]! }
  type Parts { nodes: [Part!]! }
  type Tags { nodes: [Tag!]! }
  type Query { node(id: ID!): Node works(first: Int = 50, orderBy: [WorkOrder!]): Works! }
`;

const one = (name) => (node) => byId.get(node[name]);
const many = (name) => (node, { first }) => ({ nodes: (node[name] ?? []).slice(0, first).map((id) => byId.get(id)) });
const resolvers = {
  Query: { node: (_, { id }) => byId.get(id), works: (_, { first }) => ({ nodes: byCode.slice(0, first) }) },
  Node: { __resolveType: (node) => node.class },
  Work: { maker: one("maker"), parts: many("parts"), tags: many("tags") },
  Maker: { place: one("place") },
  Place: { region: one("region") },
};

const schema = createSchema({ typeDefs, resolvers });
const yoga = createYoga({ schema, logging: "warn", graphiql: false, landingPage: false });
createServer(yoga).listen(Number(PORT), "127.0.0.1", () => console.log("ready"));
