package winetest_test

import "testing"

func TestWineArticle(t *testing.T) {
	t.Parallel()
	article(t)
}
