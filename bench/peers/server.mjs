// The peer: @neo4j/graphql on graphql-yoga, over its own natural graph (see ../peers_neo4j.py).
// Environment: NEO4J_URI, NEO4J_PASSWORD, PORT.
import { createServer } from "node:http";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const typeDefs = /* GraphQL */ `
  type Work @node {
    id: String!
    label: String
    code: String
    title: String
    size: Int
    price: Float
    made: Date
    rating: Float
    state: String
    maker: [Maker!]! @relationship(type: "MAKER", direction: OUT)
    parts: [Part!]! @relationship(type: "PARTS", direction: OUT)
    tags: [Tag!]! @relationship(type: "TAGS", direction: OUT)
    near: [Work!]! @relationship(type: "NEAR", direction: OUT)
  }
  type Maker @node {
    id: String!
    label: String
    code: String
    founded: Int
    place: [Place!]! @relationship(type: "PLACE", direction: OUT)
    works: [Work!]! @relationship(type: "MAKER", direction: IN)
  }
  type Place @node {
    id: String!
    label: String
    region: [Region!]! @relationship(type: "REGION", direction: OUT)
    makers: [Maker!]! @relationship(type: "PLACE", direction: IN)
  }
  type Region @node {
    id: String!
    label: String
    places: [Place!]! @relationship(type: "REGION", direction: IN)
  }
  type Part @node {
    id: String!
    label: String
    code: String
    weight: Float
  }
  type Tag @node {
    id: String!
    label: String
  }
`;

const { NEO4J_URI, NEO4J_PASSWORD, PORT } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic("neo4j", NEO4J_PASSWORD));
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const yoga = createYoga({ schema, logging: "warn", graphiql: false, landingPage: false });
createServer(yoga).listen(Number(PORT), "127.0.0.1", () => console.log("ready"));
