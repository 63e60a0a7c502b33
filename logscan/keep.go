package logscan

import "slices"

// spare is how many values a list takes beyond MaxNamed before it drops the worse ones.
const spare = 3 * MaxNamed

// keep holds the best MaxNamed of any number of values; before tells which of two is better.
type keep[T any] struct {
	before func(a, b *T) int
	list   []*T
	sorted int // that many of the list are sorted, the best first
}

// add takes a value, and from time to time drops those beyond the best MaxNamed.
func (k *keep[T]) add(v *T) {
	if k.sorted == MaxNamed && k.before(k.list[MaxNamed-1], v) < 0 {
		return
	}
	if k.list = append(k.list, v); len(k.list) >= MaxNamed+spare {
		k.drop()
	}
}

// drop keeps the best MaxNamed values.
func (k *keep[T]) drop() {
	slices.SortFunc(k.list, k.before)
	if len(k.list) > MaxNamed {
		clear(k.list[MaxNamed:])
		k.list = k.list[:MaxNamed]
	}
	k.sorted = len(k.list)
}

// each calls f with every value kept.
func (k *keep[T]) each(f func(*T)) {
	k.drop()
	for _, v := range k.list {
		f(v)
	}
}

// best returns the values kept, the best first.
func (k *keep[T]) best() (list []T) {
	k.each(func(v *T) { list = append(list, *v) })
	return list
}

// newest holds the last MaxNamed of any number of values, of those with the same key only the last.
type newest[T any] struct {
	list  []keyed[T]
	place map[string]int // of a key in the list
}

// keyed is a value with its key; one without a key never equals another.
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
	if n.list = append(n.list, keyed[T]{key: key, v: v}); len(n.list) >= MaxNamed+spare {
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

// each calls f with every value kept.
func (n *newest[T]) each(f func(*T)) {
	n.drop()
	for i := range n.list {
		f(&n.list[i].v)
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
