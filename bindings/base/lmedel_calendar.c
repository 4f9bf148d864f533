/* lmedel_calendar.c - days as numbers, so that a loop over vouchers needs no texts. */
#include "lmedel.h"

int32_t lmedel_check_day(lua_State *L, int arg)
{
    int32_t day;
    size_t len;
    if (lua_isinteger(L, arg)) {
        const lua_Integer n = lua_tointeger(L, arg);
        luaL_argcheck(L, n > -100000 && n < 100000, arg, "a day");
        return (int32_t)n;
    }
    const char *text = luaL_checklstring(L, arg, &len);
    if (!medel_date_parse(&day, text, len))
        luaL_argerror(L, arg, "a day is a number or a text such as \"2023-12-31\"");
    return day;
}

void lmedel_push_day(lua_State *L, int32_t day)
{
    char text[11];
    if (day == MEDEL_NO_DAY) {
        lua_pushnil(L);
        return;
    }
    medel_date_format(day, text);
    lua_pushstring(L, text);
}

static int day(lua_State *L)
{
    lua_pushinteger(L, lmedel_check_day(L, 1));
    return 1;
}

static int date(lua_State *L)
{
    lmedel_push_day(L, lmedel_check_day(L, 1));
    return 1;
}

static int weekday(lua_State *L)
{
    lua_pushinteger(L, medel_weekday(lmedel_check_day(L, 1)));
    return 1;
}

static int holiday(lua_State *L)
{
    lua_pushstring(L, medel_holiday(lmedel_check_day(L, 1)));
    return 1;
}

const lmedel_function lmedel_calendar_functions[] = {
    { "date", date, "(day: integer): string", "The text of a day: `\"2023-12-31\"`." },
    { "day", day, "(date: string): integer",
      "The number of a day, which can be compared and subtracted: "
      "`day(\"2023-12-31\")`." },
    { "holiday", holiday, "(day: integer|string): string|nil",
      "The public holiday that a day is (lag 1989:253), in Swedish; nil for other days, "
      "also plain Sundays." },
    { "weekday", weekday, "(day: integer|string): integer",
      "1 for Monday to 7 for Sunday." },
    { NULL, NULL, NULL, NULL }
};
