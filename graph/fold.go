package graph

// EntityRanks holds what the folds of an entity compare.
type EntityRanks struct{}

// FactRanks holds what the folds of a fact compare.
type FactRanks struct{}
