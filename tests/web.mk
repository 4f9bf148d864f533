# web.mk - pages looked at by a browser.
.PHONY: test-web
test-web: $B/medel
	tests/web/axe.sh $B
	tests/web/keys.sh $B
