package logscan

import "slices"

// keep holds the best MaxNamed of any number of values; before tells which of two is better.
type keep[T any] struct {
	before func(a, b T) int
	list   []T
}

// add takes a value; from time to time it lets go of those that are beaten.
func (k *keep[T]) add(v T) {
	k.list = append(k.list, v)
	if len(k.list) >= MaxNamed+MaxNamed/4 {
		k.best()
	}
}

// best returns the values kept, the best first.
func (k *keep[T]) best() []T {
	slices.SortFunc(k.list, k.before)
	if len(k.list) > MaxNamed {
		clear(k.list[MaxNamed:])
		k.list = k.list[:MaxNamed]
	}
	return k.list
}

// latest holds the last value of every key, at most MaxNamed of them.
type latest[T any] struct {
	before func(a, b T) int
	byKey  map[string]T
}

// put takes the value of a key, later than all before.
func (l *latest[T]) put(key string, v T) {
	if l.byKey == nil {
		l.byKey = make(map[string]T)
	}
	l.byKey[key] = v
	if len(l.byKey) >= MaxNamed+MaxNamed/4 {
		l.drop()
	}
}

// drop lets go of the oldest keys.
func (l *latest[T]) drop() {
	kept := l.best()
	last := kept[len(kept)-1]
	for key, v := range l.byKey {
		if l.before(last, v) < 0 {
			delete(l.byKey, key)
		}
	}
}

// best returns the values kept, the best first.
func (l *latest[T]) best() []T {
	k := keep[T]{before: l.before}
	for _, v := range l.byKey {
		k.add(v)
	}
	return k.best()
}
