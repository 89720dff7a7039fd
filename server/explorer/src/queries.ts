// The queries, each a file that is checked against the schema and the limits.
import agreements from "../queries/agreements.graphql";
import document from "../queries/document.graphql";
import entity from "../queries/entity.graphql";
import evidence from "../queries/evidence.graphql";
import ingest from "../queries/ingest.graphql";
import job from "../queries/job.graphql";
import neighbourhood from "../queries/neighbourhood.graphql";
import neighbours from "../queries/neighbours.graphql";
import paths from "../queries/paths.graphql";
import restore from "../queries/restore.graphql";
import review from "../queries/review.graphql";
import search from "../queries/search.graphql";
import start from "../queries/start.graphql";
import topics from "../queries/topics.graphql";
import undo from "../queries/undo.graphql";

export const queries = { agreements, document, entity, evidence, ingest, job, neighbourhood, neighbours, paths, restore, review, search, start, topics, undo };
