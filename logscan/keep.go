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

// newest holds the last MaxNamed of any number of values, of those with the same key only the last.
type newest[T any] struct {
	list  []keyed[T]
	place map[string]int // of a key in the list
}

// keyed is a value with its key; one without a key is like no other.
type keyed[T any] struct {
	key  string
	v    T
	dead bool // a later one has its key
}

// put takes a value, later than all before.
func (n *newest[T]) put(key string, v T) {
	if n.place == nil {
		n.place = make(map[string]int)
	}
	if old, ok := n.place[key]; ok && key != "" {
		n.list[old] = keyed[T]{dead: true}
	}
	n.place[key] = len(n.list)
	if n.list = append(n.list, keyed[T]{key: key, v: v}); len(n.list) >= MaxNamed+MaxNamed/4 {
		n.drop()
	}
}

// drop lets go of the oldest.
func (n *newest[T]) drop() {
	live := slices.DeleteFunc(n.list, func(k keyed[T]) bool { return k.dead })
	n.list = slices.Delete(live, 0, max(0, len(live)-MaxNamed))
	clear(n.place)
	for i, k := range n.list {
		n.place[k.key] = i
	}
}

// best returns the values kept, the newest first.
func (n *newest[T]) best() (list []T) {
	n.drop()
	for _, k := range slices.Backward(n.list) {
		list = append(list, k.v)
	}
	return list
}
