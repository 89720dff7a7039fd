package schema

import (
	"errors"
	"sync"
)

// Batch is what one load made: the objects at one place of a query, under
// whatever parents. It remembers what was loaded for all of them together.
type Batch[T any] struct {
	members []T

	mu    sync.Mutex
	loads map[string]*load
}

type load struct {
	once   sync.Once
	result any
	err    error
}

// Together loads something for all members of the batch, once for every key;
// whoever comes while that is under way waits for it. The key has to tell apart
// all that the load depends on but the members.
func Together[T, R any](b *Batch[T], key string, do func([]T) (R, error)) (R, error) {
	l := b.load(key)
	l.once.Do(func() {
		l.err = errors.New("load of " + key + " panicked") // unless it returns
		l.result, l.err = do(b.members)
	})
	if l.err != nil {
		var none R
		return none, l.err
	}
	return l.result.(R), nil
}

func (b *Batch[T]) load(key string) *load {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.loads == nil {
		b.loads = map[string]*load{}
	}
	l := b.loads[key]
	if l == nil {
		l = &load{}
		b.loads[key] = l
	}
	return l
}
