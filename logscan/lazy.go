package logscan

import "sync"

// lazy is a value that is made when it is first used. Unlike a variable that is initialised when the program starts, or
// one of sync.OnceValue, it costs nothing where no log is read.
type lazy[T any] struct {
	once sync.Once
	made T
	make func() T
}

func (l *lazy[T]) get() T {
	l.once.Do(func() { l.made = l.make() })
	return l.made
}
