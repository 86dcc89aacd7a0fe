#include "peers.h"

static const char *const table[1000] = {"text"};

const char *peer_load(unsigned char protocol, unsigned short code, unsigned char lang)
{
    (void)protocol;
    (void)lang;
    return table[code];
}

const char *peer_switch(unsigned short code)
{
    switch (code) {
    case 211: return "Meaning of reply 211";
    case 214: return "Meaning of reply 214";
    case 220: return "Meaning of reply 220";
    case 221: return "Meaning of reply 221";
    case 235: return "Meaning of reply 235";
    case 250: return "Meaning of reply 250";
    case 251: return "Meaning of reply 251";
    case 252: return "Meaning of reply 252";
    case 334: return "Meaning of reply 334";
    case 354: return "Meaning of reply 354";
    case 421: return "Meaning of reply 421";
    case 432: return "Meaning of reply 432";
    case 450: return "Meaning of reply 450";
    case 451: return "Meaning of reply 451";
    case 452: return "Meaning of reply 452";
    case 454: return "Meaning of reply 454";
    case 455: return "Meaning of reply 455";
    case 500: return "Meaning of reply 500";
    case 501: return "Meaning of reply 501";
    case 502: return "Meaning of reply 502";
    case 503: return "Meaning of reply 503";
    case 504: return "Meaning of reply 504";
    case 521: return "Meaning of reply 521";
    case 530: return "Meaning of reply 530";
    case 534: return "Meaning of reply 534";
    case 535: return "Meaning of reply 535";
    case 538: return "Meaning of reply 538";
    case 550: return "Meaning of reply 550";
    case 551: return "Meaning of reply 551";
    case 552: return "Meaning of reply 552";
    case 553: return "Meaning of reply 553";
    case 554: return "Meaning of reply 554";
    case 555: return "Meaning of reply 555";
    case 556: return "Meaning of reply 556";
    default: return "Unknown reply";
    }
}

const char *peer_dense_switch(unsigned short code)
{
    switch (code) {
    case 0: return "Meaning of error 0";
    case 1: return "Meaning of error 1";
    case 2: return "Meaning of error 2";
    case 3: return "Meaning of error 3";
    case 4: return "Meaning of error 4";
    case 5: return "Meaning of error 5";
    case 6: return "Meaning of error 6";
    case 7: return "Meaning of error 7";
    case 8: return "Meaning of error 8";
    case 9: return "Meaning of error 9";
    case 10: return "Meaning of error 10";
    case 11: return "Meaning of error 11";
    case 12: return "Meaning of error 12";
    case 13: return "Meaning of error 13";
    case 14: return "Meaning of error 14";
    case 15: return "Meaning of error 15";
    case 16: return "Meaning of error 16";
    case 17: return "Meaning of error 17";
    case 18: return "Meaning of error 18";
    case 19: return "Meaning of error 19";
    case 20: return "Meaning of error 20";
    case 21: return "Meaning of error 21";
    case 22: return "Meaning of error 22";
    case 23: return "Meaning of error 23";
    case 24: return "Meaning of error 24";
    case 25: return "Meaning of error 25";
    case 26: return "Meaning of error 26";
    case 27: return "Meaning of error 27";
    case 28: return "Meaning of error 28";
    case 29: return "Meaning of error 29";
    case 30: return "Meaning of error 30";
    case 31: return "Meaning of error 31";
    case 32: return "Meaning of error 32";
    case 33: return "Meaning of error 33";
    case 34: return "Meaning of error 34";
    case 35: return "Meaning of error 35";
    case 36: return "Meaning of error 36";
    case 37: return "Meaning of error 37";
    case 38: return "Meaning of error 38";
    case 39: return "Meaning of error 39";
    case 40: return "Meaning of error 40";
    case 41: return "Meaning of error 41";
    case 42: return "Meaning of error 42";
    case 43: return "Meaning of error 43";
    case 44: return "Meaning of error 44";
    case 45: return "Meaning of error 45";
    case 46: return "Meaning of error 46";
    case 47: return "Meaning of error 47";
    case 48: return "Meaning of error 48";
    case 49: return "Meaning of error 49";
    case 50: return "Meaning of error 50";
    case 51: return "Meaning of error 51";
    case 52: return "Meaning of error 52";
    case 53: return "Meaning of error 53";
    case 54: return "Meaning of error 54";
    case 55: return "Meaning of error 55";
    case 56: return "Meaning of error 56";
    case 57: return "Meaning of error 57";
    case 58: return "Meaning of error 58";
    case 59: return "Meaning of error 59";
    case 60: return "Meaning of error 60";
    case 61: return "Meaning of error 61";
    case 62: return "Meaning of error 62";
    case 63: return "Meaning of error 63";
    case 64: return "Meaning of error 64";
    case 65: return "Meaning of error 65";
    case 66: return "Meaning of error 66";
    case 67: return "Meaning of error 67";
    case 68: return "Meaning of error 68";
    case 69: return "Meaning of error 69";
    case 70: return "Meaning of error 70";
    case 71: return "Meaning of error 71";
    case 72: return "Meaning of error 72";
    case 73: return "Meaning of error 73";
    case 74: return "Meaning of error 74";
    case 75: return "Meaning of error 75";
    case 76: return "Meaning of error 76";
    case 77: return "Meaning of error 77";
    case 78: return "Meaning of error 78";
    case 79: return "Meaning of error 79";
    case 80: return "Meaning of error 80";
    case 81: return "Meaning of error 81";
    case 82: return "Meaning of error 82";
    case 83: return "Meaning of error 83";
    case 84: return "Meaning of error 84";
    case 85: return "Meaning of error 85";
    case 86: return "Meaning of error 86";
    case 87: return "Meaning of error 87";
    case 88: return "Meaning of error 88";
    case 89: return "Meaning of error 89";
    case 90: return "Meaning of error 90";
    case 91: return "Meaning of error 91";
    case 92: return "Meaning of error 92";
    case 93: return "Meaning of error 93";
    case 94: return "Meaning of error 94";
    case 95: return "Meaning of error 95";
    case 96: return "Meaning of error 96";
    case 97: return "Meaning of error 97";
    case 98: return "Meaning of error 98";
    case 99: return "Meaning of error 99";
    default: return "Unknown error";
    }
}
